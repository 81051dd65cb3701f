package io.karst.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.client.api.AuditClient.JournalRecord;
import io.karst.client.api.ServerRefusal;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.AuditServiceGrpc;
import io.karst.wire.v1.ReplayRequest;
import io.karst.wire.v1.ReplayResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** An auditor's clock that is behind the server's costs a token, and no reading. */
class AuditTokenTest {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final Duration BEHIND = Duration.ofHours(2);

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandPhone desk = new HandPhone(
      DeviceAddress.of("auditor", "desk"),
      time,
      server,
      () -> time.instant().minus(BEHIND),
      20_267);
  private final LiveAudit audit = new LiveAudit(desk.context(), () -> {});
  private final Records records = new Records();
  private Instant issued = Instant.EPOCH;
  private String token = "";

  @Test
  void aTokenThatHasEndedIsReplacedBeforeTheFirstRecord() {
    server.streams(AuditServiceGrpc.getReplayMethod(), this::serve);
    audit.replay(GROUP).subscribe(new Records());
    time.settle();
    time.pass(Duration.ofMinutes(90));
    audit.replay(GROUP).subscribe(records);
    time.settle();
    assertThat(records.failure).isEmpty();
    assertThat(records.complete).isTrue();
    assertThat(records.numbers).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aReadingThatBreaksInTheMiddleGoesOnWhereItWas() {
    server.streams(
        AuditServiceGrpc.getReplayMethod(),
        (ReplayRequest request, HandServer.Reply<ReplayResponse> reply) -> {
          if (isNew(reply.authorization())) {
            reply.send(response(1, 2));
            reply.refuse(Reason.TOKEN_EXPIRED);
          } else {
            reply.send(response(1, 2));
            reply.send(response(3));
            reply.complete();
          }
          token = "Bearer auditor/desk 2";
        });
    audit.replay(GROUP).subscribe(records);
    time.settle();
    assertThat(records.numbers).containsExactly(1L, 2L, 3L);
    assertThat(records.complete).isTrue();
  }

  @Test
  void aServerThatTakesNoTokenAtAllEndsTheReading() {
    server.streams(
        AuditServiceGrpc.getReplayMethod(),
        (ReplayRequest request, HandServer.Reply<ReplayResponse> reply) ->
            reply.refuse(Reason.TOKEN_EXPIRED));
    audit.replay(GROUP).subscribe(records);
    time.settle();
    assertThat(records.failure).containsInstanceOf(ServerRefusal.class);
    assertThat(server.asked(AuditServiceGrpc.getReplayMethod())).hasSize(1 + LiveAudit.TOKENS_MAX);
  }

  @Test
  void whatIsNoMatterOfTokensIsNotTriedAgain() {
    server.refuses(AuditServiceGrpc.getReplayMethod(), Reason.GROUP_NOT_FOUND);
    audit.replay(GROUP).subscribe(records);
    time.settle();
    assertThat(records.failure).containsInstanceOf(ServerRefusal.class);
    assertThat(server.asked(AuditServiceGrpc.getReplayMethod())).hasSize(1);
  }

  /** Takes each token for an hour. */
  private void serve(ReplayRequest request, HandServer.Reply<ReplayResponse> reply) {
    if (isNew(reply.authorization())) {
      token = reply.authorization();
      issued = time.instant();
    }
    if (time.instant().isAfter(issued.plus(Duration.ofHours(1)))) {
      reply.refuse(Reason.TOKEN_EXPIRED);
      return;
    }
    reply.send(response(1, 2));
    reply.send(response(3));
    reply.complete();
  }

  private boolean isNew(String authorization) {
    return !authorization.equals(token);
  }

  private static ReplayResponse response(long... numbers) {
    ReplayResponse.Builder response = ReplayResponse.newBuilder();
    for (long number : numbers) {
      response.addRecords(io.karst.wire.v1.JournalRecord.newBuilder()
          .setSequenceNumber(number)
          .setRecord(ByteString.copyFromUtf8("record " + number)));
    }
    return response.build();
  }

  private static final class Records implements Flow.Subscriber<JournalRecord> {

    private final List<Long> numbers = new ArrayList<>();
    private Optional<Throwable> failure = Optional.empty();
    private boolean complete;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(JournalRecord record) {
      numbers.add(record.sequenceNumber());
    }

    @Override
    public void onError(Throwable thrown) {
      failure = Optional.of(thrown);
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }
}
