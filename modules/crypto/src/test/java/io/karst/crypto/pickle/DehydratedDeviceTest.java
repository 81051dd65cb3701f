package io.karst.crypto.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.Snapshot;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.AccountState;
import io.karst.crypto.olm.KeyId;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.vodozemac.DehydratedDevice;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.ChaChaPoly;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DehydratedDeviceTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();
  private static final byte[] KEY = new FixedRandom(61).next(32);
  private static final byte[] HELLO = {1, 2, 3};

  private final FixedRandom random = new FixedRandom(62);
  private final Account device = Account.create(random);
  private final PickleKey key;

  DehydratedDeviceTest() throws CryptoException {
    key = PickleKey.fromBytes(KEY);
  }

  @Test
  void whatWasSentToItIsReadOnceItIsBack() throws Exception {
    Curve25519PublicKey oneTimeKey = device.generateOneTimeKeys(3).created().get(1);
    device.generateFallbackKey();
    Curve25519PublicKey fallbackKey = device.fallbackKey().values().iterator().next();
    DehydratedDevice stored = DehydratedDevice.of(device, key, random);

    Account back = stored.rehydrate(key, random);

    assertThat(back.identityKeys()).isEqualTo(device.identityKeys());
    assertThat(back.storedOneTimeKeyCount()).isEqualTo(3);
    assertThat(back.oneTimeKeys()).as("all were published").isEmpty();
    assertThat(back.fallbackKey()).isEmpty();
    for (Curve25519PublicKey reached : List.of(oneTimeKey, fallbackKey)) {
      Account sender = Account.create(random);
      OlmSession session = sender.createOutboundSession(
          SessionConfig.V1, device.identityKeys().curve25519(), reached);
      PreKeyMessage message = (PreKeyMessage) session.encrypt(HELLO);
      assertThat(back.createInboundSession(
                  SessionConfig.V1, sender.identityKeys().curve25519(), message)
              .plaintext())
          .isEqualTo(HELLO);
    }
    back.generateOneTimeKeys(1);
    back.generateFallbackKey();
    assertThat(back.oneTimeKeys()).containsOnlyKeys(new KeyId(3));
    assertThat(back.fallbackKey()).containsOnlyKeys(new KeyId(1));
  }

  /** The layout by hand: version, identity key, seed, one-time keys, fallback key. */
  @Test
  void theLayoutIsThatOfTheProposal() throws Exception {
    byte[] keys = new FixedRandom(63).next(4 * 32);
    byte[] plaintext = concatenated(
        HexFormat.of().parseHex("00000001"),
        Arrays.copyOf(keys, 64),
        HexFormat.of().parseHex("00000001"),
        Arrays.copyOfRange(keys, 64, 96),
        new byte[] {1},
        Arrays.copyOfRange(keys, 96, 128));

    AccountState state = sealed(plaintext).rehydrate(key, random).state(ACCESS);

    assertThat(state.identityKey().bytes(ACCESS)).isEqualTo(Arrays.copyOf(keys, 32));
    assertThat(state.signingKey().seed(ACCESS))
        .hasValueSatisfying(seed -> assertThat(seed).isEqualTo(Arrays.copyOfRange(keys, 32, 64)));
    assertThat(state.oneTimeKeys().get(0).secretKey().bytes(ACCESS))
        .isEqualTo(Arrays.copyOfRange(keys, 64, 96));
    assertThat(state.fallbackKeys().keys().get(0).secretKey().bytes(ACCESS))
        .isEqualTo(Arrays.copyOfRange(keys, 96, 128));
    DehydratedDevice again =
        DehydratedDevice.of(Account.restore(ACCESS, state, random), key, target -> {});
    assertThat(again).isEqualTo(sealed(plaintext));
  }

  @Test
  void aDeviceWithoutAnyKeysComesBackTheSame() throws Exception {
    Account back = DehydratedDevice.of(device, key, random).rehydrate(key, random);

    assertThat(Snapshot.of(back)).isEqualTo(Snapshot.of(device));
  }

  @Test
  void aSigningKeyWithoutItsSeedCannotBeDehydrated() throws Exception {
    AccountState state = device.state(ACCESS);
    Account foreign = Account.restore(
        ACCESS,
        new AccountState(
            Ed25519SigningKey.fromExpanded(state.signingKey().expanded(ACCESS)),
            state.identityKey(),
            List.of(),
            0,
            state.fallbackKeys()),
        random);

    requireCode(() -> DehydratedDevice.of(foreign, key, random), ErrorCode.PICKLE_UNREPRESENTABLE);
  }

  @Test
  void whatIsNotADehydratedDeviceIsRefused() throws Exception {
    DehydratedDevice stored = DehydratedDevice.of(device, key, random);
    byte[] good = ChaChaPoly.open(
        KEY,
        Base64Text.decode(stored.nonce()),
        new byte[0],
        Base64Text.decode(stored.ciphertext()));
    byte[] newer = good.clone();
    newer[3] = 2;

    requireCode(
        () -> stored.rehydrate(PickleKey.generate(random), random), ErrorCode.PICKLE_DECRYPTION);
    requireCode(() -> opened("", stored.nonce()), ErrorCode.PICKLE_DECRYPTION);
    requireCode(() -> opened("not base64", stored.nonce()), ErrorCode.INVALID_BASE64);
    requireCode(() -> opened(stored.ciphertext(), "AAAA"), ErrorCode.PICKLE_FORMAT);
    requireCode(() -> sealed(newer).rehydrate(key, random), ErrorCode.PICKLE_VERSION);
    for (int length = 0; length <= good.length + 1; length++) {
      if (length != good.length) {
        byte[] wrong = Arrays.copyOf(good, length);
        assertThatThrownBy(() -> sealed(wrong).rehydrate(key, random))
            .isInstanceOf(PickleException.class);
      }
    }
  }

  private Account opened(String ciphertext, String nonce) throws PickleException {
    return new DehydratedDevice(ciphertext, nonce).rehydrate(key, random);
  }

  private static DehydratedDevice sealed(byte[] plaintext) {
    byte[] nonce = new byte[ChaChaPoly.NONCE_LENGTH];
    return new DehydratedDevice(
        Base64Text.encode(ChaChaPoly.seal(KEY, nonce, new byte[0], plaintext)),
        Base64Text.encode(nonce));
  }

  private static byte[] concatenated(byte[]... parts) {
    StateWriter writer = new StateWriter();
    for (byte[] part : parts) {
      writer.bytes(part);
    }
    return writer.toBytes();
  }

  private static void requireCode(Operation operation, ErrorCode code) {
    assertThatThrownBy(operation::run)
        .isInstanceOfSatisfying(PickleException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Something that reads or writes. */
  @FunctionalInterface
  private interface Operation {
    Object run() throws CryptoException;
  }
}
