package io.karst.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.libolm.LibolmEnvelope;
import io.karst.crypto.pickle.vodozemac.DehydratedDevice;
import io.karst.crypto.primitive.AesGcm;
import io.karst.crypto.primitive.Base64Text;
import io.karst.crypto.primitive.ChaChaPoly;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Stored states, sealed under the right key: whoever wrote them had it, and yet may be wrong.
 *
 * <p>Our own format is canonical: what is read is what is written. The foreign ones are not (JSON
 * has spaces, libolm has flags that follow from the rest), so there what is written is stable.
 */
final class PickleProbes {

  private static final byte[] LABEL = "karst/v1 pickle".getBytes(StandardCharsets.US_ASCII);

  private final Cast cast;

  PickleProbes(Cast cast) {
    this.cast = cast;
  }

  /** Reads a pickle. */
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] pickle) throws CryptoException;
  }

  /** Writes a pickle. */
  @FunctionalInterface
  interface Writer<T> {
    byte[] write(T state) throws CryptoException;
  }

  /** Uses what was read as its owner would. */
  @FunctionalInterface
  interface Use<T> {
    void of(T state) throws CryptoException;
  }

  /** A state of our own format, whose kind is {@code tag}, in the version that is written. */
  <T> Probe own(int tag, int version, Reader<T> reader, Writer<T> writer, Use<T> use) {
    return input -> {
      byte[] pickle = sealOwn((byte) tag, (byte) version, input);
      T state = reader.read(pickle);
      assertThat(writer.write(state)).isEqualTo(pickle);
      use(use, state);
    };
  }

  /** A state of libolm's or vodozemac's. */
  <T> Probe foreign(Reader<T> reader, Writer<T> writer, Use<T> use) {
    return input -> {
      T state = reader.read(LibolmEnvelope.seal(Cast.KEY, input));
      byte[] written = written(writer, state);
      assertThat(written(writer, reader.read(written))).isEqualTo(written);
      use(use, state);
    };
  }

  /** A device that a server kept: canonical as our own format is. */
  void dehydrated(byte[] input) throws CryptoException {
    byte[] nonce = new byte[ChaChaPoly.NONCE_LENGTH];
    DehydratedDevice stored = new DehydratedDevice(
        Base64Text.encode(ChaChaPoly.seal(Cast.KEY, nonce, new byte[0], input)),
        Base64Text.encode(nonce));
    Account account = stored.rehydrate(PickleKey.fromBytes(Cast.KEY), target -> {});
    assertThat(DehydratedDevice.of(account, PickleKey.fromBytes(Cast.KEY), target -> {}))
        .isEqualTo(stored);
    use(this::use, account);
  }

  byte[] dehydratedState() throws CryptoException {
    DehydratedDevice stored =
        DehydratedDevice.of(cast.bob, PickleKey.fromBytes(Cast.KEY), target -> {});
    return ChaChaPoly.open(
        Cast.KEY,
        new byte[ChaChaPoly.NONCE_LENGTH],
        new byte[0],
        Base64Text.decode(stored.ciphertext()));
  }

  /** The outside of a pickle, under a key that the writer did not know. */
  <T> Probe envelope(Reader<T> reader) {
    return reader::read;
  }

  /** What was read is always written, unless the ratchet is at its end. */
  private static <T> byte[] written(Writer<T> writer, T state) throws CryptoException {
    try {
      return writer.write(state);
    } catch (PickleException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.PICKLE_UNREPRESENTABLE);
      throw e;
    }
  }

  private static <T> void use(Use<T> use, T state) {
    try {
      use.of(state);
    } catch (CryptoException refused) {
      assertThat(refused.code().text()).startsWith("crypto.");
    }
  }

  void use(Account account) throws CryptoException {
    account.sign(Cast.HELLO);
    account.oneTimeKeys();
    account.fallbackKey();
    account.createInboundSession(Cast.CONFIG, cast.alice.identityKeys().curve25519(), cast.preKey);
  }

  void use(OlmSession session) throws CryptoException {
    session.encrypt(Cast.HELLO);
    session.decrypt(cast.normal);
  }

  void use(OutboundGroupSession session) throws CryptoException {
    session.encrypt(Cast.HELLO);
    session.sessionKey();
  }

  void use(InboundGroupSession session) throws CryptoException {
    session.exportAtFirstKnownIndex();
    session.connected(cast.inbound);
    session.merge(cast.inbound);
    session.decrypt(cast.megolm);
  }

  private static byte[] sealOwn(byte tag, byte version, byte[] state) {
    byte[] nonce = new byte[AesGcm.NONCE_LENGTH];
    byte[] associated = Arrays.copyOf(LABEL, LABEL.length + 2);
    associated[LABEL.length] = version;
    associated[LABEL.length + 1] = tag;
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(version);
    pickle.write(tag);
    pickle.writeBytes(nonce);
    pickle.writeBytes(AesGcm.seal(Cast.KEY, nonce, associated, state));
    return pickle.toByteArray();
  }

  /** What a pickle of our own format holds. */
  static byte[] openOwn(byte[] pickle) throws CryptoException {
    byte[] associated = Arrays.copyOf(LABEL, LABEL.length + 2);
    System.arraycopy(pickle, 0, associated, LABEL.length, 2);
    int from = 2 + AesGcm.NONCE_LENGTH;
    byte[] nonce = Arrays.copyOfRange(pickle, 2, from);
    byte[] sealed = Arrays.copyOfRange(pickle, from, pickle.length);
    return AesGcm.open(Cast.KEY, nonce, associated, sealed);
  }
}
