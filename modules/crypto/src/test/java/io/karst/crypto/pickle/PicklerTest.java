package io.karst.crypto.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.ForwardOnlyGroupSession;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.SessionOrdering;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.wire.SessionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PicklerTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final byte[] EMPTY = {};
  private static final Set<PickleKind> STATES =
      EnumSet.complementOf(EnumSet.of(PickleKind.CONTENT));

  private final PickleKey key = PickleKey.generate(new FixedRandom(42));
  private final Pickler pickler = new Pickler(key, new FixedRandom(43));

  @Test
  void goldenFilesOfTheVersionsThatAreWrittenAreWrittenByteForByte() throws Exception {
    assertThat(fresh().pickle(Samples.account())).isEqualTo(golden("account"));
    assertThat(fresh().pickle(Samples.activeSession(SessionConfig.V1)))
        .isEqualTo(golden("olm-session-active"));
    assertThat(fresh().pickle(Samples.inactiveSession(SessionConfig.V2)))
        .isEqualTo(golden("olm-session-inactive"));
    assertThat(fresh().pickle(Samples.outbound())).isEqualTo(golden("outbound"));
    assertThat(fresh().pickle(Samples.outboundWithExpandedKey()))
        .isEqualTo(golden("outbound-expanded"));
    assertThat(fresh().pickle(Samples.spentOutbound())).isEqualTo(golden("outbound-spent"));
    assertThat(fresh().pickle(Samples.inbound())).isEqualTo(golden(2, "inbound"));
    assertThat(fresh().pickle(Samples.forwardOnly())).isEqualTo(golden(2, "forward-only"));
    assertThat(fresh().pickle(Samples.senderRatchet())).isEqualTo(golden("sender-ratchet"));
    assertThat(fresh().sealContent(new byte[] {1, 2, 3})).isEqualTo(golden("content"));
  }

  @Test
  void whatWasStoredComesBackWhole() throws Exception {
    assertThat(Snapshot.of(pickler.account(golden("account"))))
        .isEqualTo(Snapshot.of(Samples.account()));
    assertThat(Snapshot.of(pickler.olmSession(golden("olm-session-active"))))
        .isEqualTo(Snapshot.of(Samples.activeSession(SessionConfig.V1)));
    assertThat(Snapshot.of(pickler.olmSession(golden("olm-session-inactive"))))
        .isEqualTo(Snapshot.of(Samples.inactiveSession(SessionConfig.V2)));
    assertThat(Snapshot.of(pickler.outboundGroupSession(golden("outbound"))))
        .isEqualTo(Snapshot.of(Samples.outbound()));
    assertThat(Snapshot.of(pickler.outboundGroupSession(golden("outbound-expanded"))))
        .isEqualTo(Snapshot.of(Samples.outboundWithExpandedKey()));
    assertThat(pickler.outboundGroupSession(golden("outbound-spent")).messageIndex())
        .isEqualTo(1L << 32);
    assertThat(Snapshot.of(pickler.inboundGroupSession(golden(2, "inbound"))))
        .isEqualTo(Snapshot.of(Samples.inbound()));
    assertThat(Snapshot.of(pickler.forwardOnlyGroupSession(golden(2, "forward-only"))))
        .isEqualTo(Snapshot.of(Samples.forwardOnly()));
    assertThat(pickler.senderRatchet(golden("sender-ratchet")).bytes(ACCESS))
        .isEqualTo(Samples.senderRatchet().bytes(ACCESS));
    assertThat(pickler.openContent(golden("content"))).containsExactly(1, 2, 3);
  }

  /** They have the keys, and no record of what was opened: that begins anew. */
  @Test
  void receivingSessionsOfVersionOneAreStillRead() throws Exception {
    InboundGroupSession inbound = pickler.inboundGroupSession(golden("inbound"));
    InboundGroupSession inboundNow = Samples.inbound();
    assertThat(inbound.compare(inboundNow)).isEqualTo(SessionOrdering.EQUAL);
    assertThat(inbound.ratchets(ACCESS).latest().index()).isEqualTo(1);
    assertThat(inbound.opened().next()).isZero();
    assertThat(inboundNow.opened().next()).isEqualTo(2);
    assertThat(inbound.missing()).isEmpty();

    ForwardOnlyGroupSession once = pickler.forwardOnlyGroupSession(golden("forward-only"));
    assertThat(once.missing()).isEqualTo(Samples.forwardOnly().missing());
    assertThat(once.nextIndex()).isEqualTo(4);
    assertThat(once.opened().toldFrom()).isEqualTo(4);
    assertThat(pickler.receivingSession(golden("inbound")).sessionId())
        .isEqualTo(inbound.sessionId());
    assertThat(pickler.receivingSession(golden(2, "forward-only")).sessionId())
        .isEqualTo(once.sessionId());
  }

  @Test
  void aVersionCannotBeSaidToBeAnother() throws Exception {
    for (PickleKind kind :
        List.of(PickleKind.INBOUND_GROUP_SESSION, PickleKind.FORWARD_ONLY_GROUP_SESSION)) {
      byte[] older = golden(2, sampleOf(kind));
      older[0] = 1;
      requireCode(() -> open(kind, older), ErrorCode.PICKLE_DECRYPTION);
      byte[] none = golden(2, sampleOf(kind));
      none[0] = 0;
      requireCode(() -> open(kind, none), ErrorCode.PICKLE_VERSION);
      none[0] = 3;
      requireCode(() -> open(kind, none), ErrorCode.PICKLE_VERSION);
      none[0] = -1;
      requireCode(() -> open(kind, none), ErrorCode.PICKLE_VERSION);
    }
  }

  @Test
  void storedSessionsGoOnTalking() throws Exception {
    OlmSession alice = pickler.olmSession(pickler.pickle(Samples.activeSession(SessionConfig.V1)));
    OlmSession bob = pickler.olmSession(pickler.pickle(Samples.inactiveSession(SessionConfig.V1)));

    assertThat(bob.decrypt(alice.encrypt(new byte[] {1}))).containsExactly(1);
    assertThat(alice.decrypt(bob.encrypt(new byte[] {2}))).containsExactly(2);
    assertThat(bob.decrypt(alice.encrypt(new byte[] {3}))).containsExactly(3);
  }

  @Test
  void twoPicklesOfOneStateDiffer() throws Exception {
    assertThat(pickler.pickle(Samples.inbound())).isNotEqualTo(pickler.pickle(Samples.inbound()));
  }

  @Test
  void whateverBitIsFlippedThePickleIsRefused() throws Exception {
    byte[] pickle = pickler.pickle(Samples.senderRatchet());
    for (int bit = 0; bit < pickle.length * 8; bit++) {
      byte[] flipped = pickle.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> pickler.senderRatchet(flipped))
          .as("bit %d", bit)
          .isInstanceOf(PickleException.class);
    }
    for (int length = 0; length < pickle.length; length++) {
      byte[] cut = Arrays.copyOf(pickle, length);
      assertThatThrownBy(() -> pickler.senderRatchet(cut)).isInstanceOf(PickleException.class);
    }
  }

  @Test
  void refusalsSayWhy() throws Exception {
    byte[] pickle = pickler.pickle(Samples.outbound());
    byte[] newer = pickle.clone();
    newer[0] = 2;
    byte[] relabelled = pickle.clone();
    relabelled[1] = PickleKind.INBOUND_GROUP_SESSION.tag();
    Pickler other = new Pickler(PickleKey.generate(new FixedRandom(1)), new FixedRandom(1));

    requireCode(() -> pickler.outboundGroupSession(newer), ErrorCode.PICKLE_VERSION);
    requireCode(() -> pickler.inboundGroupSession(pickle), ErrorCode.PICKLE_KIND);
    requireCode(() -> pickler.inboundGroupSession(relabelled), ErrorCode.PICKLE_DECRYPTION);
    requireCode(() -> other.outboundGroupSession(pickle), ErrorCode.PICKLE_DECRYPTION);
    requireCode(() -> pickler.outboundGroupSession(EMPTY), ErrorCode.PICKLE_FORMAT);
  }

  /**
   * Cut-off and overlong states cannot be told from good ones by the key, only by their content.
   */
  @Test
  void malformedStatesAreRefusedThoughTheyAreAuthentic() throws Exception {
    for (PickleKind kind : STATES) {
      byte[] state = AeadEnvelope.open(kind, key, golden(kind.version(), sampleOf(kind)));
      for (int length = 0; length <= state.length + 1; length++) {
        if (length != state.length) {
          byte[] pickle = seal(kind, Arrays.copyOf(state, length));
          requireCode(() -> open(kind, pickle), ErrorCode.PICKLE_FORMAT);
        }
      }
    }
  }

  /** No state makes a reader fail otherwise than with its own exception. */
  @Test
  void anyByteOfAStateMayBeWrong() throws Exception {
    for (PickleKind kind : STATES) {
      byte[] state = AeadEnvelope.open(kind, key, golden(kind.version(), sampleOf(kind)));
      int refused = 0;
      for (int at = 0; at < state.length; at++) {
        byte[] wrong = state.clone();
        wrong[at] = (byte) 0xff;
        try {
          open(kind, seal(kind, wrong));
        } catch (PickleException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.PICKLE_FORMAT);
          refused++;
        }
      }
      assertThat(refused > 0 || kind == PickleKind.SENDER_RATCHET)
          .as(kind.name())
          .isTrue();
    }
  }

  @Test
  void aPickleKeyHasThirtyTwoBytesAndIsNotPrinted() throws Exception {
    assertThatThrownBy(() -> PickleKey.fromBytes(new byte[31]))
        .isInstanceOf(KeyRejectedException.class);
    assertThatThrownBy(() -> PickleKey.fromBytes(new byte[33]))
        .isInstanceOf(KeyRejectedException.class);
    assertThat(key).hasToString("PickleKey(secret)");

    key.destroy();

    assertThat(key).hasToString("PickleKey(destroyed)");
    assertThatIllegalStateException().isThrownBy(() -> pickler.pickle(Samples.senderRatchet()));
  }

  private byte[] seal(PickleKind kind, byte[] state) {
    return AeadEnvelope.seal(kind, key, new FixedRandom(1), state);
  }

  private Object open(PickleKind kind, byte[] pickle) throws PickleException {
    return switch (kind) {
      case ACCOUNT -> pickler.account(pickle);
      case OLM_SESSION -> pickler.olmSession(pickle);
      case OUTBOUND_GROUP_SESSION -> pickler.outboundGroupSession(pickle);
      case INBOUND_GROUP_SESSION -> pickler.inboundGroupSession(pickle);
      case FORWARD_ONLY_GROUP_SESSION -> pickler.forwardOnlyGroupSession(pickle);
      case SENDER_RATCHET -> pickler.senderRatchet(pickle);
      case CONTENT -> throw new IllegalArgumentException("any bytes are content");
    };
  }

  private static String sampleOf(PickleKind kind) {
    return switch (kind) {
      case ACCOUNT -> "account";
      case OLM_SESSION -> "olm-session-active";
      case OUTBOUND_GROUP_SESSION -> "outbound";
      case INBOUND_GROUP_SESSION -> "inbound";
      case FORWARD_ONLY_GROUP_SESSION -> "forward-only";
      case SENDER_RATCHET -> "sender-ratchet";
      case CONTENT -> "content";
    };
  }

  private static void requireCode(Opening opening, ErrorCode code) {
    assertThatThrownBy(opening::open)
        .isInstanceOfSatisfying(PickleException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Pickler fresh() {
    return new Pickler(key, new FixedRandom(44));
  }

  private static byte[] golden(String name) throws IOException {
    return golden(1, name);
  }

  private static byte[] golden(int version, String name) throws IOException {
    String path = "/pickles/v" + version + "/" + name + ".hex";
    try (InputStream in =
        Objects.requireNonNull(PicklerTest.class.getResourceAsStream(path), path)) {
      String digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }
  }

  /** Something that reads a pickle. */
  @FunctionalInterface
  private interface Opening {
    Object open() throws CryptoException;
  }
}
