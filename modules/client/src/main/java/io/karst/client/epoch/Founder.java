package io.karst.client.epoch;

import static io.karst.client.wire.WireBytes.bytes;

import io.karst.client.session.CommitPlan;
import io.karst.client.session.EpochSealing;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.wire.ChangeWire;
import io.karst.client.wire.EpochWire;
import io.karst.client.wire.PolicyWire;
import io.karst.client.work.DeviceContext;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.CreateGroupRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Creates groups. Used on the device's thread. */
public final class Founder {

  private final DeviceContext context;
  private final Directory directory;
  private final Epochs epochs;
  private final Sealer sealer;

  public Founder(DeviceContext context, Directory directory, Epochs epochs) {
    this.context = context;
    this.directory = directory;
    this.epochs = epochs;
    this.sealer = new Sealer(context);
  }

  /**
   * A group to be.
   *
   * @param name this device's label
   * @param members beside the creating one
   */
  public record Draft(String name, Map<MemberId, Role> members, Policy policy) {
    public Draft {
      members = Map.copyOf(members);
    }
  }

  /** Creates the group, with this member as its owner. */
  public CompletableFuture<GroupId> create(Draft draft) {
    Bytes nonce = Bytes.copyOf(context.random().next(DeviceStatements.NONCE_LENGTH));
    GroupId group = DeviceStatements.groupId(context.self().member(), nonce);
    Set<MemberId> members = new TreeSet<>(draft.members().keySet());
    members.add(context.self().member());
    return directory
        .newest(members)
        .thenComposeAsync(lists -> sealer.seal(terms(group, lists)), context.loop())
        .thenComposeAsync(sealing -> send(draft, nonce, sealing), context.loop())
        .thenComposeAsync(sealing -> keep(group, draft, sealing), context.loop());
  }

  private static EpochSealing.Terms terms(GroupId group, List<DeviceList> lists) {
    return new EpochSealing.Terms(
        group, 1, Bytes.EMPTY, RotationReason.CREATED, CommitPlan.roster(lists));
  }

  private CompletableFuture<EpochSealing> send(Draft draft, Bytes nonce, EpochSealing sealing) {
    CreateGroupRequest.Builder request = CreateGroupRequest.newBuilder()
        .setNonce(bytes(nonce))
        .setManifest(EpochWire.manifest(sealing.manifest()));
    request.setPolicy(PolicyWire.policy(draft.policy()));
    draft.members().forEach((member, role) -> request.addMembers(ChangeWire.member(member, role)));
    return new EpochUpload(context.calls())
        .create(request.build(), sealing.sealedKeys())
        .thenApply(response -> sealing);
  }

  /** The creator reads the log from its first entry and so can check every head of it. */
  private CompletableFuture<GroupId> keep(GroupId group, Draft draft, EpochSealing sealing) {
    context.memory().transaction(memory -> {
      memory
          .tables()
          .groups()
          .save(new GroupRow(group, draft.name(), GroupRow.Standing.ACTIVE, 1, Position.BEGINNING));
      memory.saveKeepsKeys(group, !draft.policy().forwardOnly());
      return true;
    });
    return epochs.adopt(sealer.ownNews(sealing)).thenApply(done -> group);
  }
}
