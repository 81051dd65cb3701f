package io.karst.client.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.session.HeardIndexes;
import io.karst.client.session.HeardSession;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that are kept open agree with the store, whatever becomes of transactions. */
class SessionCacheTest {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");
  private static final SessionCache.Key KEY = new SessionCache.Key(GROUP, 1, BOB);

  private final RandomBytes random = new Random(20_264)::nextBytes;
  private final OutboundGroupSession bobs = OutboundGroupSession.create(SessionConfig.V1, random);
  private final InboundGroupSession heard =
      InboundGroupSession.fromSessionKey(SessionConfig.V1, bobs.sessionKey());
  private final Bytes sessionId = Bytes.copyOf(heard.publicKey().bytes());
  private final SessionCache cache = new SessionCache();
  private final DeviceMemory memory =
      new DeviceMemory(SqliteStore.inMemory(), new Pickler(PickleKey.generate(random), random));

  SessionCacheTest() throws CryptoException {}

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void aTransactionThatFailsLeavesNoSessionThatMovedOn() throws CryptoException {
    Envelope said = say();
    memory.transaction(store -> {
      store.saveKeepsKeys(GROUP, false);
      store.saveHeard(GROUP, 1, new HeardSession(BOB, sessionId, heard, HeardIndexes.NONE));
      return true;
    });
    assertThatThrownBy(() -> memory.transaction(store -> {
          assertThat(read(store, said)).isTrue();
          throw new IllegalStateException("on purpose");
        }))
        .hasMessage("on purpose");
    boolean again = memory.transaction(store -> read(store, said));
    assertThat(again).as("nothing was read before").isTrue();
    boolean replayed = memory.transaction(store -> read(store, said));
    assertThat(replayed).isFalse();
  }

  @Test
  void aFormIsAnsweredForItselfAlone() {
    cache.put(KEY, form(1), heard);
    assertThat(cache.find(KEY, form(1))).isPresent();
    assertThat(cache.find(KEY, form(2))).isEmpty();
    assertThat(cache.find(new SessionCache.Key(GROUP, 2, BOB), form(1))).isEmpty();
  }

  @Test
  void whatIsAnsweredIsACopy() throws CryptoException {
    var forgetful = ForwardOnlyGroupSession.takeOver(heard, 0, List.of());
    cache.put(KEY, form(1), forgetful);
    MegolmMessage message = bobs.encrypt(new byte[] {7});
    for (int i = 0; i < 2; i++) {
      ReceivingSession copy = cache.find(KEY, form(1)).orElseThrow();
      assertThat(copy.decrypt(message).plaintext()).containsExactly(7);
      copy.destroy();
    }
    assertThat(forgetful.isDestroyed()).isFalse();
  }

  @Test
  void theCacheIsBoundedAndForgetsOnDemand() {
    for (int epoch = 1; epoch <= SessionCache.SESSIONS_MAX + 50; epoch++) {
      cache.put(new SessionCache.Key(GROUP, epoch, BOB), form(1), heard);
    }
    assertThat(cache.size()).isLessThanOrEqualTo(SessionCache.SESSIONS_MAX);
    cache.clear();
    assertThat(cache.size()).isZero();
  }

  private boolean read(Unsealed store, Envelope said) {
    HeardSession session = store.heard(GROUP, 1, BOB).orElseThrow();
    boolean read = session.read(said).plaintext().isPresent();
    store.saveHeard(GROUP, 1, session);
    return read;
  }

  private Envelope say() throws CryptoException {
    MegolmMessage message = bobs.encrypt(new byte[] {1});
    ClientId id = new ClientId(Bytes.copyOf(new byte[] {1}));
    return new Envelope(
        1, BOB, sessionId, message.messageIndex(), id, Bytes.copyOf(message.bytes()));
  }

  private static Bytes form(int value) {
    return Bytes.copyOf(new byte[] {(byte) value});
  }
}
