package io.karst.crypto.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.SessionOrdering;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.KeyId;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.libolm.LibolmEnvelope;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.pickle.vodozemac.VodozemacPickler;
import io.karst.crypto.wire.SessionConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moving between formats, and what does not fit; the vectors check the bytes. */
class ForeignPicklerTest {

  private static final byte[] KEY = new byte[32];

  private final FixedRandom random = new FixedRandom(9);
  private final LibolmPickler libolm = new LibolmPickler(KEY, random);
  private final VodozemacPickler vodozemac = vodozemac(random);

  @Test
  void statesSurviveTheWayThroughVodozemac() throws Exception {
    assertThat(Snapshot.of(vodozemac.account(vodozemac.pickle(Samples.account()))))
        .isEqualTo(Snapshot.of(Samples.account()));
    for (SessionConfig config : SessionConfig.values()) {
      OlmSession active = Samples.activeSession(config);
      OlmSession inactive = Samples.inactiveSession(config);
      assertThat(Snapshot.of(vodozemac.olmSession(vodozemac.pickle(active))))
          .isEqualTo(Snapshot.of(active));
      assertThat(Snapshot.of(vodozemac.olmSession(vodozemac.pickle(inactive))))
          .isEqualTo(Snapshot.of(inactive));
    }
    OlmSession fresh = Samples.freshSession();
    assertThat(Snapshot.of(vodozemac.olmSession(vodozemac.pickle(fresh))))
        .isEqualTo(Snapshot.of(fresh));
    assertThat(Snapshot.of(vodozemac.outboundGroupSession(vodozemac.pickle(Samples.outbound()))))
        .isEqualTo(Snapshot.of(Samples.outbound()));
    assertThat(Snapshot.of(
            vodozemac.outboundGroupSession(vodozemac.pickle(Samples.outboundWithExpandedKey()))))
        .isEqualTo(Snapshot.of(Samples.outboundWithExpandedKey()));
  }

  @Test
  void statesSurviveTheWayThroughLibolm() throws Exception {
    OlmSession alice = libolm.olmSession(libolm.pickle(Samples.activeSession(SessionConfig.V1)));
    OlmSession bob = libolm.olmSession(libolm.pickle(Samples.inactiveSession(SessionConfig.V1)));
    assertThat(bob.decrypt(alice.encrypt(new byte[] {1}))).containsExactly(1);
    assertThat(alice.decrypt(bob.encrypt(new byte[] {2}))).containsExactly(2);

    Account account = libolm.account(libolm.pickle(Samples.account()));
    assertThat(account.identityKeys()).isEqualTo(Samples.account().identityKeys());
    assertThat(account.oneTimeKeys()).isEqualTo(Samples.account().oneTimeKeys());
    assertThat(account.fallbackKey()).isEqualTo(Samples.account().fallbackKey());
    InboundGroupSession inbound = libolm.inboundGroupSession(libolm.pickle(Samples.inbound()));
    assertThat(inbound.opened().next()).as("libolm has no record of it").isZero();
    inbound.recalling(SecretAccess.forPickling(), Samples.inbound().opened());
    assertThat(Snapshot.of(inbound)).isEqualTo(Snapshot.of(Samples.inbound()));
  }

  @Test
  void inboundSessionsLoseTheirCacheInVodozemac() throws Exception {
    InboundGroupSession inbound =
        vodozemac.inboundGroupSession(vodozemac.pickle(Samples.inbound()));

    assertThat(inbound.compare(Samples.inbound())).isEqualTo(SessionOrdering.EQUAL);
    assertThat(inbound.signingKeyVerified()).isTrue();
  }

  @Test
  void aNewKeyDoesNotTakeThePlaceOfTheNewestOneFromLibolm() throws Exception {
    Account account = libolm.account(libolm.pickle(Samples.account()));
    KeyId newest = account.oneTimeKeys().keySet().iterator().next();

    account.generateOneTimeKeys(1);

    assertThat(account.oneTimeKeys()).hasSize(2).containsKey(newest);
  }

  @Test
  void whatLibolmCannotHoldIsRefused() throws Exception {
    Account full = Account.create(random);
    full.generateOneTimeKeys(100);
    Account tooFull = Account.create(random);
    tooFull.generateOneTimeKeys(101);

    assertThat(libolm.account(libolm.pickle(full)).storedOneTimeKeyCount()).isEqualTo(100);
    requireUnrepresentable(() -> libolm.pickle(tooFull));
    requireUnrepresentable(() -> libolm.pickle(Samples.activeSession(SessionConfig.V2)));
    requireUnrepresentable(() -> libolm.pickle(Samples.outbound()));
    requireUnrepresentable(() -> libolm.pickle(Samples.inbound(SessionConfig.V2)));
    requireUnrepresentable(() -> libolm.pickle(Samples.spentOutbound()));
    requireUnrepresentable(() -> vodozemac.pickle(Samples.spentOutbound()));
  }

  @Test
  void aFreshAccountGoesToLibolmAndBack() throws Exception {
    Account account = libolm.account(libolm.pickle(Account.create(random)));

    assertThat(account.storedOneTimeKeyCount()).isZero();
    assertThat(account.generateOneTimeKeys(1).created()).hasSize(1);
  }

  @Test
  void envelopesAreRefusedUnderAnotherKeyOrDamaged() throws Exception {
    byte[] pickle = libolm.pickle(Samples.inbound());
    LibolmPickler other = new LibolmPickler(new byte[] {1}, random);
    byte[] damaged = pickle.clone();
    damaged[40] ^= 1;

    requireCode(() -> other.inboundGroupSession(pickle), ErrorCode.PICKLE_DECRYPTION);
    requireCode(() -> libolm.inboundGroupSession(damaged), ErrorCode.PICKLE_DECRYPTION);
    requireCode(() -> libolm.inboundGroupSession(new byte[0]), ErrorCode.PICKLE_FORMAT);
    requireCode(() -> libolm.inboundGroupSession(ascii("AAAA!")), ErrorCode.INVALID_BASE64);
    assertThat(libolm.inboundGroupSession(padded(pickle))).isNotNull();
  }

  @Test
  void cutOffAndOverlongStatesOfLibolmAreRefused() throws Exception {
    byte[] state = LibolmEnvelope.open(KEY, libolm.pickle(Samples.inbound()));
    for (int length = 0; length <= state.length + 1; length++) {
      if (length != state.length) {
        byte[] pickle = LibolmEnvelope.seal(KEY, Arrays.copyOf(state, length));
        assertThatThrownBy(() -> libolm.inboundGroupSession(pickle))
            .isInstanceOf(PickleException.class);
      }
    }
  }

  @Test
  void aPublicKeyThatIsNotTheSecretKeysIsRefused() throws Exception {
    byte[] state = LibolmEnvelope.open(KEY, libolm.pickle(Samples.outboundWithExpandedKey()));
    byte[] foreign = Samples.outbound().publicKey().bytes();
    System.arraycopy(foreign, 0, state, 4 + 128 + 4, foreign.length);
    byte[] pickle = LibolmEnvelope.seal(KEY, state);

    requireCode(() -> libolm.outboundGroupSession(pickle), ErrorCode.PICKLE_FORMAT);
  }

  @Test
  void versionOneOfLibolmsInboundSessionsWasAlwaysVerified() throws Exception {
    byte[] state = LibolmEnvelope.open(KEY, libolm.pickle(Samples.inbound()));
    byte[] old = Arrays.copyOf(state, state.length - 1);
    old[3] = 1;

    assertThat(libolm.inboundGroupSession(LibolmEnvelope.seal(KEY, old)).signingKeyVerified())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 255})
  void otherVersionsOfLibolmsAccountsAreRefused(int version) throws Exception {
    byte[] state = LibolmEnvelope.open(KEY, libolm.pickle(Samples.account()));
    state[3] = (byte) version;
    byte[] pickle = LibolmEnvelope.seal(KEY, state);

    requireCode(() -> libolm.account(pickle), ErrorCode.PICKLE_VERSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 255})
  void otherVersionsOfLibolmsSessionsAreRefused(int version) throws Exception {
    byte[] session = ofVersion(version, libolm.pickle(Samples.activeSession(SessionConfig.V1)));
    byte[] outbound = ofVersion(version, libolm.pickle(Samples.outboundWithExpandedKey()));
    byte[] inbound = ofVersion(version, libolm.pickle(Samples.inbound()));

    requireCode(() -> libolm.olmSession(session), ErrorCode.PICKLE_VERSION);
    requireCode(() -> libolm.outboundGroupSession(outbound), ErrorCode.PICKLE_VERSION);
    requireCode(() -> libolm.inboundGroupSession(inbound), ErrorCode.PICKLE_VERSION);
  }

  private static byte[] ofVersion(int version, byte[] pickle) throws CryptoException {
    byte[] state = LibolmEnvelope.open(KEY, pickle);
    state[3] = (byte) version;
    return LibolmEnvelope.seal(KEY, state);
  }

  /** vodozemac did not always count. */
  @Test
  void aVodozemacSessionWithoutACountIsRead() throws Exception {
    OlmSession session = Samples.activeSession(SessionConfig.V1);
    String older =
        json(vodozemac.pickle(session)).replaceAll(",\"ratchet_count\":\\{\"Known\":[0-9]+\\}", "");

    OlmSession read = vodozemac.olmSession(LibolmEnvelope.seal(KEY, ascii(older)));

    assertThat(older).doesNotContain("ratchet_count");
    assertThat(read.encrypt(new byte[0])).isEqualTo(session.encrypt(new byte[0]));
    assertThat(json(vodozemac.pickle(read))).contains("Unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "null",
        "[]",
        "{}",
        "{\"initial_ratchet\":",
        "{\"initial_ratchet\":{\"inner\":[1,2],\"counter\":0}}",
        "{\"initial_ratchet\":{\"inner\":[1,256],\"counter\":0}}",
        "{\"initial_ratchet\":{\"inner\":[1,-1],\"counter\":0}}",
        "{\"initial_ratchet\":{\"inner\":[1,\"x\"],\"counter\":0}}",
        "{\"initial_ratchet\":1.5}",
        "{\"initial_ratchet\":99999999999999999999}",
        "{\"a\":1,\"a\":2}",
        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
      })
  void otherJsonThanVodozemacsIsRefused(String json) {
    byte[] pickle = LibolmEnvelope.seal(KEY, json.getBytes(StandardCharsets.UTF_8));

    requireCode(() -> vodozemac.inboundGroupSession(pickle), ErrorCode.PICKLE_FORMAT);
    requireCode(() -> vodozemac.account(pickle), ErrorCode.PICKLE_FORMAT);
    requireCode(() -> vodozemac.olmSession(pickle), ErrorCode.PICKLE_FORMAT);
  }

  @Test
  void unknownFieldsOtherOrderAndAMissingConfigAreReadAsVodozemacReadsThem() throws Exception {
    String json = json(vodozemac.pickle(Samples.inbound()));
    String older = json.replace(",\"config\":{\"version\":\"V1\"}", "");
    String newer = json.replaceFirst("\\{", "{\"future\":[{}],");
    assertThat(older).isNotEqualTo(json);

    for (String variant : new String[] {older, newer, " " + json + "\n"}) {
      byte[] pickle = LibolmEnvelope.seal(KEY, variant.getBytes(StandardCharsets.UTF_8));
      assertThat(vodozemac.inboundGroupSession(pickle).compare(Samples.inbound()))
          .isEqualTo(SessionOrdering.EQUAL);
    }
    byte[] followed = LibolmEnvelope.seal(KEY, (json + "{}").getBytes(StandardCharsets.UTF_8));
    requireCode(() -> vodozemac.inboundGroupSession(followed), ErrorCode.PICKLE_FORMAT);
  }

  @Test
  void sessionsFromLibolmSayInVodozemacThatTheirCountIsUnknown() throws Exception {
    OlmSession session = libolm.olmSession(libolm.pickle(Samples.activeSession(SessionConfig.V1)));

    byte[] pickle = vodozemac.pickle(session);

    assertThat(json(pickle)).contains("\"ratchet_count\":{\"Unknown\":null}");
    assertThat(Snapshot.of(vodozemac.olmSession(pickle))).isEqualTo(Snapshot.of(session));
  }

  private static String json(byte[] pickle) throws CryptoException {
    return new String(LibolmEnvelope.open(KEY, pickle), StandardCharsets.UTF_8);
  }

  private static byte[] padded(byte[] text) {
    String unpadded = new String(text, StandardCharsets.US_ASCII);
    return ascii(unpadded + "=".repeat((4 - unpadded.length() % 4) % 4));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void requireUnrepresentable(Operation operation) {
    requireCode(operation, ErrorCode.PICKLE_UNREPRESENTABLE);
  }

  private static void requireCode(Operation operation, ErrorCode code) {
    assertThatThrownBy(operation::run)
        .isInstanceOfSatisfying(PickleException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static VodozemacPickler vodozemac(FixedRandom random) {
    try {
      return new VodozemacPickler(PickleKey.fromBytes(KEY), random);
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  /** Something that reads or writes a pickle. */
  @FunctionalInterface
  private interface Operation {
    Object run() throws CryptoException;
  }
}
