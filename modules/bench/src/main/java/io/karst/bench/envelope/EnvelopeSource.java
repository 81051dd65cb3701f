package io.karst.bench.envelope;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.karst.domain.id.DeviceAddress;
import io.karst.wire.v1.Envelope;
import java.util.random.RandomGenerator;

/** The envelopes of one device in one Megolm session, index by index. Not thread-safe. */
public final class EnvelopeSource {

  private static final int CLIENT_ID_LENGTH = 16;

  private final DeviceAddress sender;
  private final ByteString sessionId;
  private final int payload;
  private final RandomGenerator noise;
  private long next;

  /**
   * @param sessionId the session's Ed25519 public key, 32 bytes
   * @param payload bytes of plaintext that each would have
   */
  public EnvelopeSource(
      DeviceAddress sender, ByteString sessionId, int payload, RandomGenerator noise) {
    this.sender = sender;
    this.sessionId = sessionId;
    this.payload = payload;
    this.noise = noise;
  }

  /** Index of the envelope that comes next. */
  public long nextIndex() {
    return next;
  }

  /** The next envelope. */
  public Envelope next() {
    byte[] clientId = new byte[CLIENT_ID_LENGTH];
    noise.nextBytes(clientId);
    long index = next++;
    return Envelope.newBuilder()
        .setEpoch(1)
        .setMemberId(sender.member().value())
        .setDeviceId(sender.device().value())
        .setSessionId(sessionId)
        .setMessageIndex(index)
        .setClientId(UnsafeByteOperations.unsafeWrap(clientId))
        .setCiphertext(MegolmShape.of(index, payload, noise))
        .build();
  }
}
