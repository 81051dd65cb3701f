package io.karst.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.client.api.Content;
import io.karst.client.hand.HandBackend;
import io.karst.client.hand.HandChannel;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.recovery.Repairs;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.Head;
import io.karst.wire.v1.Receipt;
import io.karst.wire.v1.Refusal;
import io.karst.wire.v1.RotationDue;
import io.karst.wire.v1.RotationReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device starts so many epochs an hour by itself, whatever makes it do so. */
class RenewalBoundTest {

  private static final Duration SOON = Duration.ofMinutes(30);

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandBackend backend = new HandBackend(server);
  private final HandPhone ann =
      new HandPhone(DeviceAddress.of("ann", "phone"), time, server, 20_266);
  private GroupId group = new GroupId("0".repeat(32));

  @BeforeEach
  void foundGroup() {
    backend.register(ann);
    group = HandChannel.found(ann, time);
  }

  @Test
  void aServerThatRefusesEveryIndexGetsNoMoreThanTheBound() {
    appends(Reason.INDEX_DUPLICATE);
    CompletableFuture<?> sent = send(ann);
    time.pass(SOON);
    assertThat(backend.epochs()).isEqualTo(1 + Repairs.RENEWALS_MAX);
    assertThat(sent).as("it waits").isNotDone();
    time.pass(Repairs.PERIOD);
    assertThat(backend.epochs()).isEqualTo(1 + 2 * Repairs.RENEWALS_MAX);
  }

  @Test
  void aServerThatDemandsRotationsThatAreNotDueGetsNoMoreThanTheBound() {
    appends(Reason.ROTATION_REQUIRED);
    var unused = send(ann);
    time.pass(SOON);
    assertThat(backend.epochs()).isEqualTo(1 + Repairs.RENEWALS_MAX);
  }

  @Test
  void rotationsThatTheGroupWantsAreNotCounted() {
    int wanted = 2 * Repairs.RENEWALS_MAX;
    server.answers(GroupServiceGrpc.getAppendMethod(), request -> {
      if (backend.epochs() > wanted) {
        return taken(request);
      }
      backend.due(RotationDue.newBuilder()
          .setReason(RotationReason.ROTATION_REASON_VOLUME)
          .setDeadlineMillis(time.instant().toEpochMilli())
          .build());
      return refused(request, Reason.ROTATION_REQUIRED);
    });
    CompletableFuture<?> sent = send(ann);
    time.pass(SOON);
    assertThat(sent).isCompleted();
    assertThat(backend.epochs()).isEqualTo(wanted + 1);
  }

  @Test
  void whatTheRecoveryHasSpentIsMissingForASender() {
    server.answers(GroupServiceGrpc.getAppendMethod(), RenewalBoundTest::taken);
    for (int i = 0; i < Repairs.RENEWALS_MAX; i++) {
      assertThat(spend()).isTrue();
    }
    assertThat(spend()).isFalse();
    loseNewest();
    CompletableFuture<?> sent = send(ann);
    time.pass(SOON);
    assertThat(backend.epochs()).isEqualTo(1);
    assertThat(sent).isNotDone();
    time.pass(SOON.plusMinutes(1));
    assertThat(backend.epochs()).isEqualTo(2);
    assertThat(sent).isCompleted();
  }

  @Test
  void whoWaitsSpeaksAsSoonAsSomebodyElseHasStartedAnEpoch() {
    server.answers(GroupServiceGrpc.getAppendMethod(), RenewalBoundTest::taken);
    while (spend()) {
      time.settle();
    }
    loseNewest();
    HandChannel channel = HandChannel.open(ann, time, group);
    CompletableFuture<?> sent = channel.channel().send(Content.text("hello"));
    time.pass(Duration.ofSeconds(1));
    assertThat(sent).isNotDone();
    var unused = channel.channel().rotate();
    time.pass(Duration.ofMinutes(1));
    assertThat(backend.epochs()).isEqualTo(2);
    assertThat(sent).isCompleted();
  }

  private CompletableFuture<?> send(HandPhone phone) {
    return HandChannel.open(phone, time, group).channel().send(Content.text("hello"));
  }

  private boolean spend() {
    return ann.does(
        memory -> Repairs.spendRenewal(memory.tables().climbs(), group, time.instant()));
  }

  private void loseNewest() {
    boolean unused = ann.does(memory -> {
      memory.tables().epochs().lock(memory.tables().epochs().newest(group).orElseThrow());
      return true;
    });
  }

  private void appends(Reason refusal) {
    server.answers(GroupServiceGrpc.getAppendMethod(), request -> refused(request, refusal));
  }

  private static AppendResponse refused(AppendRequest request, Reason reason) {
    AppendResponse.Builder response = AppendResponse.newBuilder();
    request
        .getEnvelopesList()
        .forEach(envelope -> response.addOutcomes(
            AppendOutcome.newBuilder().setRefusal(Refusal.newBuilder().setReason(reason.name()))));
    return response.build();
  }

  private static AppendResponse taken(AppendRequest request) {
    ByteString root = ByteString.copyFrom(new byte[32]);
    AppendResponse.Builder response = AppendResponse.newBuilder();
    request
        .getEnvelopesList()
        .forEach(envelope -> response.addOutcomes(AppendOutcome.newBuilder()
            .setReceipt(Receipt.newBuilder().setOffset(envelope.getMessageIndex()))));
    return response.setHead(Head.newBuilder().setSize(0).setRoot(root)).build();
  }
}
