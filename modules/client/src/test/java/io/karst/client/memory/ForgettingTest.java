package io.karst.client.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.session.HeardIndexes;
import io.karst.client.session.HeardSession;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a thief of the store reads of a group whose policy is to forget. */
class ForgettingTest {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");
  private static final int SAID = 10;

  private final RandomBytes random = new Random(20_263)::nextBytes;
  private final DeviceMemory memory =
      new DeviceMemory(SqliteStore.inMemory(), new Pickler(PickleKey.generate(random), random));
  private final OutboundGroupSession bobs = OutboundGroupSession.create(SessionConfig.V1, random);
  private final InboundGroupSession heard =
      InboundGroupSession.fromSessionKey(SessionConfig.V1, bobs.sessionKey());
  private final Bytes sessionId = Bytes.copyOf(heard.publicKey().bytes());
  private final List<Envelope> said = new ArrayList<>();

  ForgettingTest() throws CryptoException {
    for (int i = 0; i < SAID; i++) {
      MegolmMessage message = bobs.encrypt(new byte[] {(byte) i});
      ClientId id = new ClientId(Bytes.copyOf(new byte[] {(byte) i}));
      said.add(new Envelope(1, BOB, sessionId, i, id, Bytes.copyOf(message.bytes())));
    }
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void whatWasReadCannotBeOpenedFromTheStoreWhileASkippedMessageStillOpens() {
    write(store -> store.saveKeepsKeys(GROUP, false));
    write(store -> store.saveHeard(GROUP, 1, fresh()));
    reads(0, 1, 2, 5);
    assertStolen(0, 1, 2, 5);
    assertThat(opened(3)).isTrue();
    assertThat(opened(4)).isTrue();
    assertThat(opened(6)).as("what comes is read").isTrue();
    reads(4);
    assertStolen(0, 1, 2, 4, 5);
    assertThat(opened(3)).isTrue();
  }

  @Test
  void aPolicyThatTurnsToForgettingConvertsWhatIsStoredAndNothingTurnsItBack() {
    write(store -> store.saveHeard(GROUP, 1, fresh()));
    reads(0, 1, 2, 5);
    assertThat(opened(0)).as("kept to be shared").isTrue();
    write(store -> store.saveKeepsKeys(GROUP, false));
    assertStolen(0, 1, 2, 5);
    assertThat(opened(3)).isTrue();
    write(store -> store.saveKeepsKeys(GROUP, true));
    reads(3, 6);
    assertStolen(0, 1, 2, 3, 5, 6);
    assertThat(stored().shareable()).isEmpty();
    assertThat(opened(4)).isTrue();
  }

  @Test
  void aGroupThatKeepsKeysCanShareThem() {
    write(store -> store.saveHeard(GROUP, 1, fresh()));
    reads(0, 1);
    assertThat(stored().shareable()).map(InboundGroupSession::firstKnownIndex).contains(0L);
  }

  private HeardSession fresh() {
    return new HeardSession(BOB, sessionId, heard, HeardIndexes.NONE);
  }

  private void reads(int... indices) {
    for (int index : indices) {
      memory.transaction(store -> {
        HeardSession session = store.heard(GROUP, 1, BOB).orElseThrow();
        assertThat(session.read(said.get(index)).plaintext()).isPresent();
        store.saveHeard(GROUP, 1, session);
        return true;
      });
    }
  }

  /** With the keys themselves, past the guard against replays. */
  private void assertStolen(int... indices) {
    for (int index : indices) {
      assertThat(opened(index)).as("message %d", index).isFalse();
      assertThat(stored().read(said.get(index)).why()).contains(UnreadableReason.INDEX_REPLAYED);
    }
  }

  private boolean opened(int index) {
    try {
      var unused = stored()
          .session()
          .reread(MegolmMessage.parse(said.get(index).ciphertext().toArray()));
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  private HeardSession stored() {
    return memory.transaction(store -> store.heard(GROUP, 1, BOB).orElseThrow());
  }

  private void write(Consumer<Unsealed> work) {
    memory.transaction(store -> {
      work.accept(store);
      return true;
    });
  }
}
