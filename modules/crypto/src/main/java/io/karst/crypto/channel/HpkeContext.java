package io.karst.crypto.channel;

import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SharedSecret;
import io.karst.crypto.primitive.ChaChaPoly;
import io.karst.crypto.primitive.Hkdf;
import io.karst.crypto.primitive.HmacSha256;
import io.karst.crypto.primitive.SecretBytes;
import io.karst.crypto.primitive.Wipe;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.Arrays;

/**
 * The context of RFC 9180 in base mode, with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
 * ChaCha20-Poly1305; what is the same on both ends.
 *
 * <p>BouncyCastle has HPKE, too, but wants private keys outside of their types and keeps what it
 * derives where nobody can wipe it. The tests hold this one to it. Not thread-safe.
 */
final class HpkeContext implements Secret {

  /** Bytes of the nonce of a response: those of an AEAD key (RFC 9458, section 4.4). */
  static final int RESPONSE_NONCE_LENGTH = ChaChaPoly.KEY_LENGTH;

  private static final byte[] NOTHING = {};
  private static final byte[] NO_SALT = new byte[HmacSha256.LENGTH];
  private static final byte[] VERSION = ascii("HPKE-v1");
  private static final byte[] KEM = Arrays.concatenate(ascii("KEM"), new byte[] {0, 0x20});
  private static final byte[] SUITE =
      Arrays.concatenate(ascii("HPKE"), new byte[] {0, 0x20, 0, 1, 0, 3});
  private static final byte[] BASE_MODE = {0};

  private final Ends ends;
  private final AeadSequence requests;
  private final SecretBytes exporter;

  private HpkeContext(Ends ends, AeadSequence requests, byte[] exporter) {
    this.ends = ends;
    this.requests = requests;
    this.exporter = new SecretBytes(exporter);
  }

  /** The key schedule; the secret is wiped. */
  static HpkeContext of(SharedSecret agreed, Ends ends) {
    byte[] agreedKey = agreed.extract(NO_SALT, VERSION, KEM, ascii("eae_prk"));
    byte[] shared = expand(
        KEM,
        agreedKey,
        "shared_secret",
        Arrays.concatenate(ends.connecting().bytes(), ends.shown().bytes()),
        HmacSha256.LENGTH);
    byte[] secret = extract(shared, "secret", NOTHING);
    byte[] schedule = Arrays.concatenate(
        BASE_MODE,
        extract(NO_SALT, "psk_id_hash", NOTHING),
        extract(NO_SALT, "info_hash", ends.kind("")));
    try {
      byte[] key = expand(SUITE, secret, "key", schedule, ChaChaPoly.KEY_LENGTH);
      byte[] nonce = expand(SUITE, secret, "base_nonce", schedule, ChaChaPoly.NONCE_LENGTH);
      byte[] exporter = expand(SUITE, secret, "exp", schedule, HmacSha256.LENGTH);
      return new HpkeContext(ends, AeadSequence.ofHpke(key, nonce), exporter);
    } finally {
      Wipe.all(agreedKey, shared, secret);
    }
  }

  /** From the sender to the recipient. */
  AeadSequence requests() {
    return requests;
  }

  /** From the recipient to the sender: RFC 9458, section 4.4, with a context made of its key. */
  AeadSequence responses(byte[] nonce) {
    byte[] secret = export(ends.kind("_RESPONSE"), ChaChaPoly.KEY_LENGTH);
    byte[] salt = Arrays.concatenate(ends.connecting().bytes(), nonce);
    try {
      return AeadSequence.ofHpke(
          Hkdf.derive(salt, secret, ascii("key"), ChaChaPoly.KEY_LENGTH),
          Hkdf.derive(salt, secret, ascii("nonce"), ChaChaPoly.NONCE_LENGTH));
    } finally {
      Wipe.all(secret);
    }
  }

  /** The end that connected; this context is used up. */
  EstablishedChannel senderChannel(AeadSequence responses) {
    EstablishedChannel channel = ends.ofConnecting(requests.copy(), responses, checkCode());
    destroy();
    return channel;
  }

  /** The end that showed its key; this context is used up. */
  EstablishedChannel recipientChannel(AeadSequence responses) {
    EstablishedChannel channel = ends.ofShown(requests.copy(), responses, checkCode());
    destroy();
    return channel;
  }

  private CheckCode checkCode() {
    return new CheckCode(export(ends.name(CheckCode.PURPOSE), CheckCode.LENGTH));
  }

  private byte[] export(byte[] name, int length) {
    return expand(SUITE, exporter.live(), "sec", name, length);
  }

  /** The RFC's LabeledExtract. */
  private static byte[] extract(byte[] salt, String label, byte[] input) {
    return HmacSha256.of(salt, VERSION, SUITE, ascii(label), input);
  }

  /** The RFC's LabeledExpand, for at most 255 bytes. */
  private static byte[] expand(byte[] suite, byte[] key, String label, byte[] info, int length) {
    byte[] labeled = Arrays.concatenate(new byte[][] {
      {0, (byte) length}, VERSION, suite, ascii(label), info,
    });
    return Hkdf.expand(key, labeled, length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void destroy() {
    requests.destroy();
    exporter.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return exporter.isDestroyed();
  }

  @Override
  public String toString() {
    return exporter.describe("HpkeContext");
  }
}
