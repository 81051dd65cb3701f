package io.karst.actors.scene;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.proof.statement.Sha256;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A member's first device, mostly its only one. Its keys follow from its name and its signatures
 * are noise: nobody below the edge looks at them.
 */
public record TestDevice(DeviceAddress address) {

  private static final Bytes SIGNATURE = Bytes.copyOf(new byte[64]);

  public static TestDevice of(String member) {
    return new TestDevice(DeviceAddress.of(member, "phone"));
  }

  /** Another device of the same member. */
  public TestDevice beside(String device) {
    return new TestDevice(new DeviceAddress(member(), new DeviceId(device)));
  }

  public MemberId member() {
    return address.member();
  }

  public DeviceIdentity identity() {
    return new DeviceIdentity(address.device(), hash("ed25519"), hash("curve25519"));
  }

  public DeviceList list() {
    return new DeviceList(
        member(), 1, Bytes.EMPTY, List.of(identity()), address.device(), SIGNATURE);
  }

  public RosterEntry rosterEntry() {
    return new RosterEntry(member(), 1, identity());
  }

  /** Registers the member with one-time keys numbered from 1. */
  public MemberCommand.Register register(int oneTimeKeys) {
    return new MemberCommand.Register(
        address, list(), AccountRole.MEMBER, oneTimeKeys(1, oneTimeKeys), key(0, true));
  }

  public List<SignedKey> oneTimeKeys(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(id -> key(id, false)).toList();
  }

  /** The key of an epoch, sealed to this device. */
  public SealedKey sealed(long epoch) {
    return new SealedKey(address, 1, hash("sealed " + epoch));
  }

  public SessionBinding binding(long epoch) {
    return new SessionBinding(address, epoch, sessionId(epoch), SIGNATURE);
  }

  /** The envelope with this index of the device's session in an epoch; its size is in bytes. */
  public Envelope envelope(long epoch, long index, int size) {
    byte[] ciphertext = new byte[size];
    byte[] start = (address + "/" + epoch + "/" + index).getBytes(UTF_8);
    System.arraycopy(start, 0, ciphertext, 0, Math.min(start.length, size));
    return new Envelope(
        epoch,
        address,
        sessionId(epoch),
        index,
        new ClientId(Bytes.copyOf((epoch + "/" + index).getBytes(UTF_8))),
        Bytes.copyOf(ciphertext));
  }

  private SignedKey key(long id, boolean fallback) {
    return new SignedKey(id, hash("key " + id), fallback, SIGNATURE);
  }

  private Bytes sessionId(long epoch) {
    return hash("session " + epoch);
  }

  private Bytes hash(String what) {
    return Sha256.hash(Bytes.copyOf((address + " " + what).getBytes(UTF_8)));
  }
}
