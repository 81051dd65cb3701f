package io.karst.journal.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import io.karst.proof.statement.Statement;
import java.io.ByteArrayOutputStream;

/**
 * A device whose keys follow from its address, with one Megolm session for each epoch of a group.
 */
public final class TestDevice {

  private static final int MAC_LENGTH = 8;

  private final DeviceAddress address;
  private final TestKeys keys;

  public TestDevice(String member, String device) {
    address = DeviceAddress.of(member, device);
    keys = new TestKeys("identity of " + address);
  }

  public DeviceAddress address() {
    return address;
  }

  public DeviceIdentity identity() {
    return new DeviceIdentity(address.device(), keys.ed25519(), keys.curve25519());
  }

  public SignedManifest sign(Manifest manifest) {
    Bytes statement = EpochStatements.manifest(manifest).bytes();
    return EpochStatements.signed(manifest, keys.sign(statement));
  }

  /** Signs a statement with the identity key. */
  public Bytes sign(Statement statement) {
    return keys.sign(statement.bytes());
  }

  public SessionBinding bind(GroupId group, long epoch) {
    Bytes key = session(group, epoch).ed25519();
    Bytes statement = EpochStatements.sessionBinding(group, epoch, address, key).bytes();
    return new SessionBinding(address, epoch, key, keys.sign(statement));
  }

  /** An envelope in the form of Megolm, signed by its session, with noise for content. */
  public Envelope envelope(GroupId group, long epoch, long index, int blocks) {
    TestKeys session = session(group, epoch);
    byte[] message = session.append(unsigned(index, blocks));
    var clientId = new ClientId(Bytes.copyOf((epoch + "/" + index).getBytes(UTF_8)));
    return new Envelope(epoch, address, session.ed25519(), index, clientId, Bytes.copyOf(message));
  }

  private TestKeys session(GroupId group, long epoch) {
    return new TestKeys("session of " + address + " in " + group + " " + epoch);
  }

  private static byte[] unsigned(long index, int blocks) {
    var message = new ByteArrayOutputStream();
    message.write(0x03);
    message.write(0x08);
    varint(message, index);
    message.write(0x12);
    varint(message, 16L * blocks);
    for (int i = 0; i < 16 * blocks + MAC_LENGTH; i++) {
      message.write((int) (index * 31 + i));
    }
    return message.toByteArray();
  }

  private static void varint(ByteArrayOutputStream message, long value) {
    long rest = value;
    while (rest >= 0x80) {
      message.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    message.write((int) rest);
  }
}
