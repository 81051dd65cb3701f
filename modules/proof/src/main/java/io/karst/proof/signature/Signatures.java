package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.proof.statement.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies Ed25519 signatures (RFC 8032, pure) strictly, so that all who check agree on what is
 * signed.
 *
 * <p>A key must be canonical and of the group's prime order; a signature must have S &lt; L and a
 * canonical R that is not of small order. Keys that passed are remembered decoded, since their
 * check costs as much as a signature's. Thread-safe.
 */
public final class Signatures {

  /** Bytes of a signature. */
  public static final int SIGNATURE_LENGTH = 64;

  /** Every sender of a few full groups; about 400 bytes each. */
  public static final int KEYS_MAX = 8_192;

  private static final int SIGN_BIT = 0x80;

  private final Map<Bytes, Ed25519.PublicPoint> decoded;

  public Signatures() {
    this(KEYS_MAX);
  }

  Signatures(int keysMax) {
    decoded = Collections.synchronizedMap(new NewestKeys(keysMax));
  }

  /** Whether {@code key} is an Ed25519 public key that signatures can be checked with. */
  public boolean acceptable(Bytes key) {
    return decode(key).isPresent();
  }

  /** Whether {@code signature} is that of {@code key} over {@code statement}. */
  public Verdict verify(Bytes key, Statement statement, Bytes signature) {
    byte[] message = statement.bytes().toArray();
    return verify(key, message, message.length, signature);
  }

  /**
   * As {@link #verify(Bytes, Statement, Bytes)}, over the first {@code length} bytes of a message.
   */
  public Verdict verify(Bytes key, byte[] message, int length, Bytes signature) {
    Optional<Ed25519.PublicPoint> point = decode(key);
    if (point.isEmpty()) {
      return Verdict.KEY_INVALID;
    }
    if (signature.length() != SIGNATURE_LENGTH) {
      return Verdict.SIGNATURE_INVALID;
    }
    byte[] raw = signature.toArray();
    boolean holds = !hasSmallOrderR(raw) && Ed25519.verify(raw, 0, point.get(), message, 0, length);
    return holds ? Verdict.VALID : Verdict.SIGNATURE_INVALID;
  }

  int remembered() {
    return decoded.size();
  }

  private Optional<Ed25519.PublicPoint> decode(Bytes key) {
    if (key.length() != DeviceIdentity.KEY_LENGTH) {
      return Optional.empty();
    }
    Ed25519.PublicPoint known = decoded.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Ed25519.PublicPoint> point =
        Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key.toArray(), 0));
    point.ifPresent(valid -> decoded.put(key, valid));
    return point;
  }

  private static boolean hasSmallOrderR(byte[] signature) {
    byte[] y = Arrays.copyOf(signature, DeviceIdentity.KEY_LENGTH);
    y[y.length - 1] &= (byte) ~SIGN_BIT;
    return LowOrder.EDWARDS_Y.contains(Bytes.copyOf(y));
  }

  /** Keeps the keys that were used last. */
  private static final class NewestKeys extends LinkedHashMap<Bytes, Ed25519.PublicPoint> {

    private static final long serialVersionUID = 1L;
    private static final int CAPACITY_FIRST = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final int keysMax;

    NewestKeys(int keysMax) {
      super(CAPACITY_FIRST, LOAD_FACTOR, true);
      this.keysMax = keysMax;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Bytes, Ed25519.PublicPoint> eldest) {
      return size() > keysMax;
    }
  }
}
