package io.karst.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.hand.HandBackend;
import io.karst.client.hand.HandChannel;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.EpochWire;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.FetchRangeResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that have not come count as missing once the group was quiet for a while. */
class QuietTest {

  private static final Duration ALMOST = Receiver.QUIET_MIN.minusMillis(1);
  private static final Duration MOMENT = Duration.ofMillis(2);

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandBackend backend = new HandBackend(server);
  private final HandPhone ann =
      new HandPhone(DeviceAddress.of("ann", "phone"), time, server, 20_272);
  private final HandPhone bob =
      new HandPhone(DeviceAddress.of("bob", "phone"), time, server, 20_273);
  private final List<AppendRequest> frames = new ArrayList<>();
  private GroupId group = new GroupId("0".repeat(32));
  private long offset;

  @BeforeEach
  void bobSpeaksThreeTimes() {
    backend.register(ann);
    backend.register(bob);
    group = HandChannel.found(ann, time, bob.address().member());
    server.answers(GroupServiceGrpc.getAppendMethod(), this::taken);
    server.answers(
        DeliveryServiceGrpc.getFetchRangeMethod(),
        request -> FetchRangeResponse.getDefaultInstance());
    HandChannel.join(bob, time, group);
    HandChannel bobs = HandChannel.open(bob, time, group);
    for (String words : List.of("one", "two", "three")) {
      var unused = bobs.channel().send(Content.text(words));
      time.settle();
    }
    assertThat(frames).hasSize(3);
  }

  @Test
  void aMessageThatDidNotComeIsMissingAfterAMinuteOfQuiet() {
    HandChannel channel = hears(0, 2);
    time.pass(ALMOST);
    assertThat(missing(channel)).as("it may be late").isEmpty();
    time.pass(MOMENT);
    assertThat(missing(channel)).containsExactly("1 to 1");
    time.pass(Receiver.QUIET_MIN.multipliedBy(3));
    assertThat(missing(channel)).as("once").hasSize(1);
  }

  @Test
  void whateverComesBeginsTheMinuteAnew() {
    HandChannel channel = hears(0, 2);
    time.pass(ALMOST);
    channel.entries(new Entry.Silent(offset++));
    time.pass(ALMOST);
    assertThat(missing(channel)).isEmpty();
    time.pass(MOMENT);
    assertThat(missing(channel)).containsExactly("1 to 1");
  }

  @Test
  void aMessageThatComesLateIsReadAndNotMissing() {
    HandChannel channel = hears(0, 2);
    time.pass(ALMOST);
    channel.entries(spoken(1));
    time.pass(Receiver.QUIET_MIN.multipliedBy(2));
    assertThat(missing(channel)).isEmpty();
    assertThat(channel.heard().stream().filter(ChannelEvent.Message.class::isInstance))
        .hasSize(3);
  }

  @Test
  void whereTheLogHidesSomethingTheServerIsAskedFirst() {
    HandChannel channel = hears(0, 2);
    channel.entries(new Entry.Hidden(offset++, Bytes.copyOf(new byte[32])));
    time.pass(ALMOST);
    assertThat(server.asked(DeliveryServiceGrpc.getFetchRangeMethod())).isEmpty();
    time.pass(MOMENT);
    assertThat(server.asked(DeliveryServiceGrpc.getFetchRangeMethod()))
        .singleElement()
        .satisfies(asked -> assertThat(List.of(asked.getFromIndex(), asked.getToIndex()))
            .allMatch(index -> index == 1));
    time.pass(MOMENT);
    assertThat(missing(channel)).as("it has nothing").containsExactly("1 to 1");
  }

  @Test
  void quietCountsAlsoForADeviceThatStartsAnew() {
    hears(0, 2);
    time.pass(ALMOST);
    ann.restart();
    HandChannel again = HandChannel.open(ann, time, group);
    again.started(offset);
    again.caughtUp(offset);
    time.pass(ALMOST);
    assertThat(missing(again)).isEmpty();
    time.pass(MOMENT);
    assertThat(missing(again)).containsExactly("1 to 1");
  }

  private HandChannel hears(int... indexes) {
    HandChannel channel = HandChannel.open(ann, time, group);
    channel.started(0);
    channel.entries(new Entry.SessionOpened(
        offset++, EpochWire.binding(frames.get(0).getBinding(), bob.address())));
    for (int index : indexes) {
      channel.entries(spoken(index));
    }
    time.settle();
    return channel;
  }

  private Entry spoken(int index) {
    return new Entry.Spoken(
        offset++, time.instant(), EnvelopeWire.envelope(frames.get(index).getEnvelopes(0)));
  }

  private static List<String> missing(HandChannel channel) {
    return channel.heard().stream()
        .filter(ChannelEvent.MessagesMissing.class::isInstance)
        .map(ChannelEvent.MessagesMissing.class::cast)
        .map(event -> event.fromIndex() + " to " + event.toIndex())
        .toList();
  }

  private AppendResponse taken(AppendRequest request) {
    frames.add(request);
    return AppendResponse.newBuilder()
        .addOutcomes(
            AppendOutcome.newBuilder().setReceipt(Receipt.newBuilder().setOffset(frames.size())))
        .setHead(EnvelopeWire.head(Head.EMPTY))
        .build();
  }
}
