package io.karst.client.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.SecurityProblem;
import io.karst.client.hand.HandBackend;
import io.karst.client.hand.HandChannel;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.store.SharedRow;
import io.karst.client.wire.Entry;
import io.karst.client.wire.EpochWire;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Role;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.SyncResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device says of the epoch before its first, of which grace may still show something. */
class EpochBeforeJoiningTest {

  private static final Bytes SESSION = Bytes.copyOf(new byte[32]);

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandBackend backend = new HandBackend(server);
  private final HandPhone ann = phone("ann", "phone", 20_262);
  private final HandPhone bob = phone("bob", "phone", 20_263);
  private GroupId group = new GroupId("0".repeat(32));

  @BeforeEach
  void annIsAlone() {
    backend.register(ann);
    backend.register(bob);
    group = HandChannel.found(ann, time);
  }

  @Test
  void theMemberWasInNoneOfIt() {
    bobJoins();
    assertThat(why(bob)).isEqualTo(UnreadableReason.NOT_A_MEMBER);
  }

  @Test
  void theMemberWasGivenKeysOfALaterEpochAlone() {
    rotate();
    bobJoins();
    give(bob, 2);
    assertThat(why(bob)).isEqualTo(UnreadableReason.BEFORE_HISTORY_GRANT);
  }

  @Test
  void theMemberWasGivenKeysThatDoNotReachSoFar() {
    bobJoins();
    give(bob, 1);
    assertThat(why(bob)).isEqualTo(UnreadableReason.NOT_A_MEMBER);
  }

  @Test
  void anotherDeviceOfTheMemberWasInIt() {
    HandPhone tablet = phone("ann", "tablet", 20_264);
    backend.link(ann, tablet);
    rotate();
    assertThat(why(tablet)).isEqualTo(UnreadableReason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void aServerThatDoesNotSayHoldsUpNothing() {
    bobJoins();
    server.refuses(GroupServiceGrpc.getSyncMethod(), Reason.EPOCH_UNKNOWN);
    assertThat(why(bob)).isEqualTo(UnreadableReason.DEVICE_NOT_IN_ROSTER);
    give(bob, 1);
    assertThat(why(bob))
        .as("it was shown because of that")
        .isEqualTo(UnreadableReason.NOT_A_MEMBER);
  }

  @Test
  void aServerThatTellsOfAnotherEpochIsCaught() {
    bobJoins();
    var forged = EpochWire.manifest(backend.epoch(1)).toBuilder().setCommitterDeviceId("tablet");
    server.answers(
        GroupServiceGrpc.getSyncMethod(),
        request -> SyncResponse.newBuilder()
            .addEpochs(EpochRecord.newBuilder().setManifest(forged))
            .build());
    HandChannel channel = shown(bob);
    assertThat(channel.problems()).singleElement().isInstanceOf(SecurityProblem.EpochRefused.class);
    assertThat(channel.heard()).hasSize(1);
  }

  private void bobJoins() {
    var unused =
        HandChannel.open(ann, time, group).channel().add(bob.address().member(), Role.MEMBER);
    time.pass(Duration.ofSeconds(1));
    assertThat(backend.newest().manifest().entry(bob.address())).isPresent();
  }

  private void rotate() {
    var unused = HandChannel.open(ann, time, group).channel().rotate();
    time.pass(Duration.ofSeconds(1));
    assertThat(backend.epochs()).isEqualTo(2);
  }

  private void give(HandPhone to, long epoch) {
    join(to);
    boolean unused = to.does(memory -> {
      memory
          .tables()
          .shared()
          .add(new SharedRow(
              group,
              epoch,
              DeviceAddress.of("ann", "phone"),
              Bytes.copyOf(new byte[] {1}),
              DeviceAddress.of("ann", "phone"),
              Bytes.copyOf(new byte[10])));
      return true;
    });
  }

  /** What the device says of an envelope of the epoch before its first. */
  private UnreadableReason why(HandPhone phone) {
    HandChannel channel = shown(phone);
    ChannelEvent told = channel.heard().get(channel.heard().size() - 1);
    assertThat(told).isInstanceOf(ChannelEvent.Unreadable.class);
    return ((ChannelEvent.Unreadable) told).why();
  }

  private HandChannel shown(HandPhone phone) {
    join(phone);
    phone.restart();
    HandChannel channel = HandChannel.open(phone, time, group);
    long next = phone
        .does(memory -> memory.tables().groups().find(group).orElseThrow().position())
        .nextOffset();
    channel.started(next);
    channel.entries(new Entry.Spoken(
        next,
        time.instant(),
        new Envelope(
            1, ann.address(), SESSION, 0, new ClientId(SESSION), Bytes.copyOf(new byte[10]))));
    time.pass(Duration.ofSeconds(1));
    return channel;
  }

  private void join(HandPhone phone) {
    boolean known = phone.does(memory -> memory.tables().groups().find(group).isPresent());
    if (!known) {
      HandChannel.join(phone, time, group);
    }
  }

  private HandPhone phone(String member, String device, long seed) {
    return new HandPhone(DeviceAddress.of(member, device), time, server, seed);
  }
}
