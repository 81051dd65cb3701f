package io.karst.client.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.hand.HandBackend;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.memory.Unsealed;
import io.karst.client.recovery.Repairs;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.OlmRow;
import io.karst.client.store.OlmTable;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Own devices whose pairwise sessions broke talk again without an application's help. */
class OwnerRepairTest {

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandBackend backend = new HandBackend(server);
  private final OwnLog log = new OwnLog(time, server);
  private final HandPhone phone =
      new HandPhone(DeviceAddress.of("ann", "phone"), time, server, 20_268);
  private final HandPhone tablet =
      new HandPhone(DeviceAddress.of("ann", "tablet"), time, server, 20_269);

  @BeforeEach
  void linkDevices() {
    backend.register(phone);
    backend.link(phone, tablet);
  }

  @Test
  void aDeviceThatLostItsSessionHearsTheNextMessage() {
    OwnLog.Ear phones = log.listen(phone);
    OwnLog.Ear tablets = log.listen(tablet);
    say(phones, "one");
    loseSessions(tablet, phone);
    say(phones, "two");
    say(phones, "three");
    assertThat(words(tablets)).containsExactly("one", "KEY_NOT_OPENED", "three");
    assertThat(words(phones)).as("a greeting says nothing").isEmpty();
    assertThat(log.size()).isEqualTo(4);
  }

  @Test
  void aDeviceThatWasSetBackIsHeardAgain() {
    OwnLog.Ear phones = log.listen(phone);
    OwnLog.Ear tablets = log.listen(tablet);
    say(phones, "hello");
    say(tablets, "one");
    List<OlmRow> old = sessions(tablet, phone);
    say(tablets, "two");
    say(tablets, "three");
    setBack(tablet, old);
    say(tablets, "four");
    say(tablets, "five");
    say(phones, "six");
    assertThat(words(phones)).containsExactly("one", "two", "three", "KEY_NOT_OPENED", "five");
    assertThat(words(tablets)).containsExactly("hello", "six");
  }

  @Test
  void bothMayLoseTheirSessionsAtOnce() {
    OwnLog.Ear phones = log.listen(phone);
    OwnLog.Ear tablets = log.listen(tablet);
    say(phones, "one");
    loseSessions(tablet, phone);
    loseSessions(phone, tablet);
    say(phones, "two");
    say(tablets, "three");
    say(phones, "four");
    say(tablets, "five");
    assertThat(words(tablets)).endsWith("four");
    assertThat(words(phones)).endsWith("five");
  }

  @Test
  void aPeerThatDoesNotListenIsGreetedSoOftenAnHour() {
    OwnLog.Ear phones = log.listen(phone);
    OwnLog.Ear tablets = log.listen(tablet);
    say(phones, "one");
    loseSessions(tablet, phone);
    phones.setDeaf(true);
    int claimed = server.asked(DeviceServiceGrpc.getClaimKeysMethod()).size();
    int minutes = Math.toIntExact(Repairs.PERIOD.toMinutes());
    for (int minute = 1; minute < minutes; minute++) {
      say(phones, "again");
      time.pass(Duration.ofMinutes(1));
    }
    assertThat(server.asked(DeviceServiceGrpc.getClaimKeysMethod()))
        .hasSize(claimed + Repairs.SESSIONS_MAX);
    phones.setDeaf(false);
    time.settle();
    say(phones, "at last");
    assertThat(words(tablets)).endsWith("at last");
  }

  @Test
  void keysOfOneAccountForAllKindsOfSessionsAreCountedTogether() {
    OwnLog.Ear phones = log.listen(phone);
    OwnLog.Ear tablets = log.listen(tablet);
    say(phones, "one");
    loseSessions(tablet, phone);
    boolean more = true;
    while (more) {
      more = tablet.does(memory -> Repairs.spendSession(
          memory.tables().climbs(), phone.identity().curve25519Key(), time.instant()));
    }
    say(phones, "two");
    say(phones, "three");
    assertThat(words(tablets)).containsExactly("one", "KEY_NOT_OPENED", "KEY_NOT_OPENED");
    time.pass(Repairs.PERIOD.plusMinutes(1));
    say(phones, "four");
    say(phones, "five");
    assertThat(words(tablets)).endsWith("KEY_NOT_OPENED", "five");
  }

  private void say(OwnLog.Ear ear, String words) {
    var sent = ear.channel().send(Content.text(words));
    time.pass(Duration.ofSeconds(1));
    assertThat(sent).isCompleted();
  }

  /** What its application heard, and why it did not hear the rest. */
  private static List<String> words(OwnLog.Ear ear) {
    return ear.heard().stream()
        .map(event -> event instanceof ChannelEvent.Message message
            ? ((Content.Text) message.content().body()).value()
            : ((ChannelEvent.Unreadable) event).why().name())
        .toList();
  }

  /** In their place it has others, which nobody else knows. */
  private static void loseSessions(HandPhone device, HandPhone peer) {
    boolean unused = device.does(memory -> lose(memory, peer.identity().curve25519Key()));
  }

  private static boolean lose(Unsealed memory, Bytes peerKey) {
    OlmPeer sessions = memory.peer(OlmTable.Lane.OWNER, peerKey);
    Account stranger = Account.create(target -> Arrays.fill(target, (byte) 3));
    try {
      for (int i = 0; i < OlmTable.SESSIONS_MAX; i++) {
        sessions.start(
            memory.account(), Bytes.copyOf(stranger.identityKeys().curve25519().bytes()));
      }
    } catch (KeyRejectedException e) {
      throw new AssertionError(e);
    }
    memory.savePeer(OlmTable.Lane.OWNER, peerKey, sessions);
    return true;
  }

  private static List<OlmRow> sessions(HandPhone device, HandPhone peer) {
    return device.does(
        memory -> memory.tables().olm(OlmTable.Lane.OWNER).with(peer.identity().curve25519Key()));
  }

  private static void setBack(HandPhone device, List<OlmRow> old) {
    boolean unused = device.does(memory -> {
      old.forEach(memory.tables().olm(OlmTable.Lane.OWNER)::update);
      return true;
    });
  }
}
