package io.karst.edge.scene;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.edge.message.Fields;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.Envelope;
import io.karst.wire.v1.SessionBinding;
import java.io.ByteArrayOutputStream;

/**
 * A Megolm session as a server sees it: its messages have the right form and signature, and noise
 * inside.
 */
public final class TestSession {

  private static final int MAC_LENGTH = 8;

  private final TestDevice device;
  private final GroupId group;
  private final long epoch;
  private final SigningKey key;
  private long next;

  public TestSession(TestDevice device, GroupId group, long epoch) {
    this.device = device;
    this.group = group;
    this.epoch = epoch;
    this.key = new SigningKey(device.random());
  }

  public Bytes id() {
    return key.publicKey();
  }

  public SessionBinding binding() {
    var statement = EpochStatements.sessionBinding(group, epoch, device.address(), key.publicKey());
    return SessionBinding.newBuilder()
        .setEpoch(epoch)
        .setSessionKey(Fields.bytes(key.publicKey()))
        .setSignature(Fields.bytes(device.key().sign(statement)))
        .build();
  }

  /** The next envelopes, with the session's binding. */
  public AppendRequest frame(int envelopes) {
    var frame = AppendRequest.newBuilder().setGroupId(group.value()).setBinding(binding());
    for (int i = 0; i < envelopes; i++) {
      frame.addEnvelopes(envelope(next++, 304));
    }
    return frame.build();
  }

  public AppendRequest frame(Envelope... envelopes) {
    var frame = AppendRequest.newBuilder().setGroupId(group.value()).setBinding(binding());
    for (Envelope envelope : envelopes) {
      frame.addEnvelopes(envelope);
    }
    return frame.build();
  }

  /** An envelope whose inner ciphertext has so many bytes, a multiple of 16. */
  public Envelope envelope(long index, int cipherBytes) {
    byte[] clientId = new byte[16];
    device.random().nextBytes(clientId);
    return Envelope.newBuilder()
        .setEpoch(epoch)
        .setMemberId(device.address().member().value())
        .setDeviceId(device.address().device().value())
        .setSessionId(Fields.bytes(key.publicKey()))
        .setMessageIndex(index)
        .setClientId(ByteString.copyFrom(clientId))
        .setCiphertext(ByteString.copyFrom(message(index, cipherBytes)))
        .build();
  }

  private byte[] message(long index, int cipherBytes) {
    var out = new ByteArrayOutputStream();
    out.write(3);
    out.write(0x08);
    varint(out, index);
    out.write(0x12);
    varint(out, cipherBytes);
    byte[] noise = new byte[cipherBytes + MAC_LENGTH];
    device.random().nextBytes(noise);
    out.writeBytes(noise);
    out.writeBytes(key.sign(out.toByteArray()).toArray());
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
