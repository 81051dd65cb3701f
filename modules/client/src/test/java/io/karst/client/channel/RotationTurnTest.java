package io.karst.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.hand.HandBackend;
import io.karst.client.hand.HandChannel;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EpochNews;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.RotationDue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever listens takes its turn at a rotation that is due, also in a later life. */
class RotationTurnTest {

  private static final Duration NOTICE = Duration.ofMinutes(10);

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandBackend backend = new HandBackend(server);
  private final HandPhone ann =
      new HandPhone(DeviceAddress.of("ann", "phone"), time, server, 20_261);
  private GroupId group = new GroupId("0".repeat(32));

  @BeforeEach
  void foundGroup() {
    backend.register(ann);
    group = HandChannel.found(ann, time);
  }

  @Test
  void aDeviceThatListensRotatesBeforeTheDeadline() {
    hearsThatARotationIsDue();
    time.pass(NOTICE);
    assertThat(backend.epochs()).isEqualTo(2);
  }

  @Test
  void aDeviceThatStartsAnewAfterItHadReadOfItRotatesBeforeTheDeadline() {
    hearsThatARotationIsDue();
    time.pass(Duration.ofMillis(1));
    assertThat(backend.epochs()).as("it waits").isEqualTo(1);
    startsAnewAndCatchesUp(1);
    time.pass(NOTICE);
    assertThat(backend.epochs()).isEqualTo(2);
  }

  @Test
  void aDeviceThatEndsWhileItsEpochIsOnTheWayStartsNoSecondOne() {
    hearsThatARotationIsDue();
    backend.takeCommitsSilently();
    time.pass(NOTICE.dividedBy(2));
    assertThat(backend.epochs()).isEqualTo(2);
    backend.takeCommits();
    startsAnewAndCatchesUp(1);
    time.pass(NOTICE);
    assertThat(server.asked(GroupServiceGrpc.getGetGroupMethod()))
        .as("it looked")
        .hasSize(2);
    assertThat(backend.epochs()).isEqualTo(2);
  }

  @Test
  void aDeviceThatWasCutOffWhileItWantedToTriesAgainOnceItIsBack() {
    HandChannel channel = hearsThatARotationIsDue();
    server.refuses(GroupServiceGrpc.getCommitMethod(), Reason.FIELD_INVALID);
    time.pass(NOTICE.dividedBy(2));
    assertThat(server.asked(GroupServiceGrpc.getCommitMethod())).hasSize(1);
    backend.takeCommits();
    channel.started(1);
    channel.caughtUp(1);
    time.pass(NOTICE.dividedBy(2));
    assertThat(backend.epochs()).isEqualTo(2);
  }

  @Test
  void reconnectingOftenDoesNotBringTheTurnForward() {
    HandChannel channel = hearsThatARotationIsDue();
    for (int i = 0; i < 1000; i++) {
      channel.started(1);
      channel.caughtUp(1);
      time.settle();
    }
    time.pass(Duration.ofSeconds(2));
    assertThat(backend.epochs()).as("one draw, and not the least of a thousand").isEqualTo(1);
    time.pass(NOTICE);
    assertThat(server.asked(GroupServiceGrpc.getGetGroupMethod())).hasSize(1);
    assertThat(backend.epochs()).isEqualTo(2);
  }

  @Test
  void whatAnotherHasRotatedMeanwhileIsNotRotatedOnceMore() {
    hearsThatARotationIsDue();
    backend.nothingIsDue();
    startsAnewAndCatchesUp(1);
    time.pass(NOTICE);
    assertThat(server.asked(GroupServiceGrpc.getGetGroupMethod()))
        .as("it looked")
        .hasSize(1);
    assertThat(backend.epochs()).isEqualTo(1);
  }

  @Test
  void anEpochThatWasReadEndsTheTurnOfLaterLives() {
    HandChannel channel = hearsThatARotationIsDue();
    channel.entries(new Entry.EpochStarted(
        1, time.instant(), new EpochNews(backend.newest(), Optional.empty(), List.of())));
    time.settle();
    startsAnewAndCatchesUp(2);
    time.pass(NOTICE);
    assertThat(server.asked(GroupServiceGrpc.getGetGroupMethod())).isEmpty();
    assertThat(backend.epochs()).isEqualTo(1);
  }

  @Test
  void ofTwoDeadlinesTheLaterOneIsKept() {
    HandChannel channel = hearsThatARotationIsDue();
    channel.entries(due(1, time.instant()));
    time.settle();
    startsAnewAndCatchesUp(2);
    time.pass(NOTICE);
    assertThat(backend.epochs()).isEqualTo(2);
  }

  private void startsAnewAndCatchesUp(long offset) {
    ann.restart();
    HandChannel again = HandChannel.open(ann, time, group);
    again.started(offset);
    again.caughtUp(offset);
  }

  private HandChannel hearsThatARotationIsDue() {
    Instant deadline = time.instant().plus(NOTICE);
    backend.due(RotationDue.newBuilder()
        .setReason(io.karst.wire.v1.RotationReason.ROTATION_REASON_AGE)
        .setDeadlineMillis(deadline.toEpochMilli())
        .build());
    HandChannel channel = HandChannel.open(ann, time, group);
    channel.started(0);
    channel.entries(due(0, deadline));
    time.settle();
    return channel;
  }

  private Entry due(long offset, Instant deadline) {
    return new Entry.Notice(
        offset, new ChannelEvent.RotationDue(offset, RotationReason.AGE, deadline, time.instant()));
  }
}
