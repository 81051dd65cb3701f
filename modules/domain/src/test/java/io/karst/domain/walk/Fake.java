package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Made-up keys, hashes and signatures: the rules never look inside. The same label makes the same
 * bytes.
 */
public final class Fake {

  private Fake() {}

  /** At most 64 bytes that follow from a label. */
  public static Bytes bytes(String label, int length) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      byte[] digest = sha512.digest(label.getBytes(StandardCharsets.UTF_8));
      return Bytes.copyOf(Arrays.copyOf(digest, length));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static GroupId groupId(String label) {
    return new GroupId(bytes("group " + label, 16).toHex());
  }

  /** A device's keys; another generation has other keys. */
  public static DeviceIdentity identity(DeviceAddress address, int generation) {
    String label = address + " " + generation;
    return new DeviceIdentity(
        address.device(), bytes("ed25519 " + label, 32), bytes("curve25519 " + label, 32));
  }

  public static DeviceIdentity identity(String member, String device) {
    return identity(DeviceAddress.of(member, device), 1);
  }

  public static DeviceId deviceId(String device) {
    return new DeviceId(device);
  }

  public static SignedKey oneTimeKey(long keyId) {
    return new SignedKey(
        keyId, bytes("one-time key " + keyId, 32), false, bytes("key signature " + keyId, 64));
  }

  public static SignedKey fallbackKey(long keyId) {
    return new SignedKey(
        keyId, bytes("fallback key " + keyId, 32), true, bytes("key signature " + keyId, 64));
  }

  public static SealedKey sealedKey(DeviceAddress device, long epoch) {
    return new SealedKey(device, 0, bytes("sealed " + device + " " + epoch, 48));
  }

  public static Bytes sessionKey(DeviceAddress device, long epoch) {
    return bytes("session " + device + " " + epoch, 32);
  }

  public static SessionBinding binding(DeviceAddress device, long epoch) {
    return new SessionBinding(
        device, epoch, sessionKey(device, epoch), bytes("binding " + device + epoch, 64));
  }

  public static ClientId clientId(long number) {
    return new ClientId(bytes("client id " + number, 16));
  }

  /** Stands in for the hash of the manifest's statement: depends on every field. */
  public static Bytes hash(Manifest manifest) {
    var text = new StringBuilder();
    text.append(manifest.group()).append('|').append(manifest.epoch()).append('|');
    text.append(manifest.keySuite()).append('|').append(manifest.previousHash().toHex());
    text.append('|').append(manifest.reason()).append('|').append(manifest.committer());
    text.append('|').append(manifest.keyCommitment().toHex());
    for (RosterEntry entry : manifest.roster()) {
      text.append('|').append(entry.address()).append('|').append(entry.deviceListVersion());
      text.append('|').append(entry.identity().ed25519Key().toHex());
      text.append('|').append(entry.identity().curve25519Key().toHex());
    }
    return bytes(text.toString(), 32);
  }

  public static SignedManifest signed(Manifest manifest) {
    return new SignedManifest(manifest, hash(manifest), bytes("signature", 64));
  }
}
