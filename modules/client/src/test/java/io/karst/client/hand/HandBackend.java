package io.karst.client.hand;

import com.google.protobuf.ByteString;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.EpochWire;
import io.karst.client.wire.PolicyWire;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Policy;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.proof.signature.DeviceLists;
import io.karst.wire.v1.ClaimKeysRequest;
import io.karst.wire.v1.ClaimKeysResponse;
import io.karst.wire.v1.ClaimedKey;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CommitResponse;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.CreateGroupResponse;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.GetGroupResponse;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.Head;
import io.karst.wire.v1.ListDevicesRequest;
import io.karst.wire.v1.ListDevicesResponse;
import io.karst.wire.v1.Role;
import io.karst.wire.v1.RotationDue;
import io.karst.wire.v1.SealedKey;
import io.karst.wire.v1.SyncRequest;
import io.karst.wire.v1.SyncResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As much of a server as devices need that have one group: what they publish, and its epochs. It
 * checks nothing but the epoch that a commit assumes.
 */
public final class HandBackend {

  private final HandServer server;
  private final Map<DeviceAddress, HandPhone> phones = new LinkedHashMap<>();
  private final Map<MemberId, DeviceList> lists = new HashMap<>();
  private final List<SignedManifest> epochs = new ArrayList<>();
  private List<SealedKey> sealed = List.of();
  private Optional<RotationDue> due = Optional.empty();
  private Policy policy = Policy.DEFAULT;

  public HandBackend(HandServer server) {
    this.server = server;
    server.answers(DeviceServiceGrpc.getListDevicesMethod(), this::list);
    server.answers(DeviceServiceGrpc.getClaimKeysMethod(), this::claim);
    server.answers(GroupServiceGrpc.getCreateGroupMethod(), this::create);
    takeCommits();
    server.answers(GroupServiceGrpc.getSyncMethod(), this::sync);
    server.streams(GroupServiceGrpc.getGetGroupMethod(), (request, reply) -> {
      reply.send(view(reply.authorization(), request));
      reply.complete();
    });
  }

  /** Takes commits, from now on again. */
  public void takeCommits() {
    server.answers(GroupServiceGrpc.getCommitMethod(), this::commit);
  }

  /** Takes commits, and no answer to them arrives. */
  public void takeCommitsSilently() {
    server.streams(
        GroupServiceGrpc.getCommitMethod(),
        (CommitRequest request, HandServer.Reply<CommitResponse> reply) -> {
          var unused = commit(request);
        });
  }

  /** A member's first device. */
  public void register(HandPhone first) {
    phones.put(first.address(), first);
    DeviceList list = first.list(1, Bytes.EMPTY, first.identity());
    lists.put(list.member(), list);
    pin(first, list);
  }

  /** One more device of a member, for which an older one signs. */
  public void link(HandPhone older, HandPhone added) {
    phones.put(added.address(), added);
    DeviceList before = list(older.address().member());
    List<DeviceIdentity> devices = new ArrayList<>(before.devices());
    devices.add(added.identity());
    devices.sort(Comparator.comparing(DeviceIdentity::device));
    DeviceList list = older.list(
        before.version() + 1, DeviceLists.hash(before), devices.toArray(DeviceIdentity[]::new));
    lists.put(list.member(), list);
    pin(added, before);
    pin(added, list);
  }

  private static void pin(HandPhone phone, DeviceList list) {
    boolean unused = phone.does(memory -> {
      memory.tables().pins().pin(list);
      return true;
    });
  }

  /** From now on a rotation is due. */
  public void due(RotationDue rotation) {
    due = Optional.of(rotation);
  }

  /** Somebody else has rotated, as far as anybody sees. */
  public void nothingIsDue() {
    due = Optional.empty();
  }

  /** The statement of the newest epoch. */
  public SignedManifest newest() {
    return epochs.get(epochs.size() - 1);
  }

  /** The statement that began an epoch. */
  public SignedManifest epoch(int number) {
    return epochs.get(number - 1);
  }

  /** How many epochs there are. */
  public int epochs() {
    return epochs.size();
  }

  private DeviceList list(MemberId member) {
    return Optional.ofNullable(lists.get(member)).orElseThrow();
  }

  private HandPhone phone(DeviceAddress device) {
    return Optional.ofNullable(phones.get(device)).orElseThrow();
  }

  private ListDevicesResponse list(ListDevicesRequest request) {
    return ListDevicesResponse.newBuilder()
        .addAllDeviceLists(request.getMemberIdsList().stream()
            .map(member -> DeviceWire.deviceList(list(new MemberId(member))))
            .toList())
        .build();
  }

  private ClaimKeysResponse claim(ClaimKeysRequest request) {
    return ClaimKeysResponse.newBuilder()
        .addAllKeys(request.getDevicesList().stream()
            .map(device -> ClaimedKey.newBuilder()
                .setDevice(device)
                .setKey(DeviceWire.signedKey(phone(DeviceWire.address(device)).oneTimeKey()))
                .build())
            .toList())
        .build();
  }

  private CreateGroupResponse create(CreateGroupRequest request) {
    policy = PolicyWire.policy(request.getPolicy());
    begin(EpochWire.manifest(request.getManifest()), request.getSealedKeysList());
    return CreateGroupResponse.newBuilder()
        .setGroupId(request.getManifest().getGroupId())
        .setHead(head())
        .build();
  }

  private CommitResponse commit(CommitRequest request) {
    if (request.getExpectedEpoch() != epochs()) {
      throw HandServer.refusal(Reason.STALE_EPOCH);
    }
    begin(EpochWire.manifest(request.getManifest()), request.getSealedKeysList());
    return CommitResponse.newBuilder().setEpoch(epochs()).setHead(head()).build();
  }

  /** Manifests without keys. */
  private SyncResponse sync(SyncRequest request) {
    SyncResponse.Builder response = SyncResponse.newBuilder();
    for (long epoch = request.getFromEpoch(); epoch <= request.getToEpoch(); epoch++) {
      SignedManifest manifest = epochs.get(Math.toIntExact(epoch - 1));
      response.addEpochs(EpochRecord.newBuilder().setManifest(EpochWire.manifest(manifest)));
    }
    return response.build();
  }

  private void begin(SignedManifest manifest, List<SealedKey> keys) {
    epochs.add(manifest);
    sealed = keys;
    due = Optional.empty();
  }

  private GetGroupResponse view(String authorization, GetGroupRequest request) {
    SignedManifest newest = newest();
    EpochRecord.Builder epoch = EpochRecord.newBuilder().setManifest(EpochWire.manifest(newest));
    sealed.stream()
        .filter(key ->
            HandPhone.isBy(DeviceAddress.of(key.getMemberId(), key.getDeviceId()), authorization))
        .forEach(epoch::setSealedKey);
    GetGroupResponse.Builder view = GetGroupResponse.newBuilder()
        .setGroupId(request.getGroupId())
        .addAllMembers(newest.manifest().roster().stream()
            .map(RosterEntry::member)
            .distinct()
            .map(member -> GroupMember.newBuilder()
                .setMemberId(member.value())
                .setRole(Role.ROLE_MEMBER)
                .build())
            .toList())
        .setPolicy(PolicyWire.policy(policy))
        .setEpoch(epoch)
        .setHead(head());
    due.ifPresent(view::setRotationDue);
    return view.build();
  }

  /** A head of no entries: nobody reads this log. */
  private static Head head() {
    return Head.newBuilder()
        .setSize(0)
        .setRoot(ByteString.copyFrom(new byte[32]))
        .build();
  }
}
