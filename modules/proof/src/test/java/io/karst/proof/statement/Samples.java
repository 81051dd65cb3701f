package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import java.util.Arrays;
import java.util.List;

/** Values from which the committed bytes were made. */
public final class Samples {

  public static final GroupId GROUP = new GroupId("00112233445566778899aabbccddeeff");
  public static final MemberId ALICE = new MemberId("alice");
  public static final MemberId BOB = new MemberId("bob");
  public static final DeviceAddress ALICE_PHONE = DeviceAddress.of("alice", "phone");
  public static final DeviceAddress ALICE_LAPTOP = DeviceAddress.of("alice", "laptop");
  public static final DeviceAddress BOB_TABLET = DeviceAddress.of("bob", "tablet");

  public static final Bytes NONCE = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
  public static final Bytes SIGNATURE = repeated(0x99, 64);

  public static final DeviceIdentity PHONE = identity("phone", 0x11, 0x12);
  public static final DeviceIdentity LAPTOP = identity("laptop", 0x21, 0x22);
  public static final DeviceIdentity TABLET = identity("tablet", 0x31, 0x32);

  public static final Manifest FIRST = manifest(1, Bytes.EMPTY, RotationReason.CREATED, entry(1));

  public static final Manifest SECOND = manifest(
      2,
      EpochStatements.manifest(FIRST).hash(),
      RotationReason.MEMBER_JOINED,
      new RosterEntry(ALICE, 2, LAPTOP),
      entry(2),
      new RosterEntry(BOB, 7, TABLET));

  public static final List<SealedKey> SEALED_KEYS = List.of(
      new SealedKey(BOB_TABLET, 0, repeated(0x73, 1)),
      new SealedKey(ALICE_PHONE, 1, repeated(0x72, 3)),
      new SealedKey(ALICE_LAPTOP, 0, repeated(0x71, 5)));

  public static final OwnerMessage OWNER_MESSAGE = new OwnerMessage(
      ALICE_PHONE,
      new ClientId(Bytes.ofHex("010203")),
      2,
      List.of(
          new OwnerCopy(LAPTOP.device(), 0, repeated(0x71, 5)),
          new OwnerCopy(TABLET.device(), 1, repeated(0x72, 3))),
      SIGNATURE);

  private Samples() {}

  public static Bytes repeated(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.copyOf(bytes);
  }

  private static DeviceIdentity identity(String device, int ed25519, int curve25519) {
    return new DeviceIdentity(
        new DeviceId(device), repeated(ed25519, 32), repeated(curve25519, 32));
  }

  private static RosterEntry entry(long deviceListVersion) {
    return new RosterEntry(ALICE, deviceListVersion, PHONE);
  }

  private static Manifest manifest(
      long epoch, Bytes previousHash, RotationReason reason, RosterEntry... roster) {
    return new Manifest(
        GROUP,
        epoch,
        Manifest.KEY_SUITE_OLM,
        previousHash,
        reason,
        ALICE_PHONE,
        repeated(0x55, 32),
        List.of(roster));
  }
}
