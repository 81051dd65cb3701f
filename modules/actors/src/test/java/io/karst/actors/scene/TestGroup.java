package io.karst.actors.scene;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.EpochStatements;
import io.karst.proof.statement.Sha256;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A group of devices that never changes, as its first one sees it: makes what they send. */
public final class TestGroup {

  public static final int CIPHERTEXT = 300;

  private static final Bytes SIGNATURE = Bytes.copyOf(new byte[64]);

  private final Bytes nonce;
  private final GroupId id;
  private final List<TestDevice> devices;

  /** The name decides the id. */
  public TestGroup(String name, List<TestDevice> devices) {
    this.devices =
        devices.stream().sorted(Comparator.comparing(TestDevice::address)).toList();
    Bytes hash = Sha256.hash(Bytes.copyOf(name.getBytes(UTF_8)));
    this.nonce = Bytes.ofHex(hash.toHex().substring(0, 2 * DeviceStatements.NONCE_LENGTH));
    this.id = DeviceStatements.groupId(owner().member(), nonce);
  }

  public GroupId id() {
    return id;
  }

  public TestDevice owner() {
    return devices.get(0);
  }

  public List<TestDevice> devices() {
    return devices;
  }

  /** Its epochs end when a test says so. */
  public GroupCommand.Create create() {
    Map<MemberId, Role> others = devices.stream()
        .skip(1)
        .collect(Collectors.toMap(TestDevice::member, device -> Role.MEMBER));
    return new GroupCommand.Create(
        owner().address(),
        id,
        nonce,
        Policy.withoutLimits(Policy.DEFAULT.grace()),
        others,
        manifest(1),
        sealedKeys(1),
        registered());
  }

  /** Starts an epoch, which must be the next one. */
  public GroupCommand.Commit commit(long epoch) {
    return new GroupCommand.Commit(
        owner().address(), epoch - 1, List.of(), manifest(epoch), sealedKeys(epoch), registered());
  }

  /** Starts an epoch, the next one, for a reason that is due. */
  public GroupCommand.Commit rotation(long epoch, RotationReason reason) {
    return new GroupCommand.Commit(
        owner().address(),
        epoch - 1,
        List.of(),
        manifest(epoch, reason),
        sealedKeys(epoch),
        registered());
  }

  /** A commit that gives epochs up. */
  public GroupCommand.Commit reset(long epoch, EpochRange orphaned) {
    var commit = commit(epoch);
    return new GroupCommand.Commit(
        commit.by(),
        commit.expectedEpoch(),
        commit.changes(),
        commit.manifest(),
        commit.sealedKeys(),
        commit.registered(),
        Optional.of(orphaned));
  }

  /** Envelopes of one device's session in an epoch, with the session's binding. */
  public Submission frame(TestDevice sender, long epoch, long firstIndex, int count) {
    List<Envelope> envelopes = LongStream.range(firstIndex, firstIndex + count)
        .mapToObj(index -> sender.envelope(epoch, index, CIPHERTEXT))
        .toList();
    return new Submission(sender.address(), List.of(sender.binding(epoch)), envelopes);
  }

  private SignedManifest manifest(long epoch) {
    return manifest(epoch, epoch == 1 ? RotationReason.CREATED : RotationReason.MANUAL);
  }

  private SignedManifest manifest(long epoch, RotationReason reason) {
    var manifest = new Manifest(
        id,
        epoch,
        Manifest.KEY_SUITE_OLM,
        epoch == 1 ? Bytes.EMPTY : manifest(epoch - 1).hash(),
        reason,
        owner().address(),
        Bytes.copyOf(new byte[32]),
        devices.stream().map(TestDevice::rosterEntry).toList());
    return EpochStatements.signed(manifest, SIGNATURE);
  }

  private List<SealedKey> sealedKeys(long epoch) {
    return devices.stream().map(device -> device.sealed(epoch)).toList();
  }

  private Map<MemberId, DeviceList> registered() {
    return devices.stream()
        .map(TestDevice::list)
        .collect(Collectors.toMap(DeviceList::member, Function.identity()));
  }
}
