package io.karst.edge.group;

import io.karst.actors.group.GroupView;
import io.karst.actors.member.Members;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Change;
import io.karst.domain.group.Group;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.message.EpochMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.proof.signature.Manifests;
import io.karst.proof.signature.Signatures;
import io.karst.wire.v1.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a proposed epoch needs before its group can judge it: a verified manifest, and its members'
 * devices.
 */
public final class Proposals {

  private final Manifests manifests;
  private final Members members;

  /** Verifies with {@code signatures}, and asks {@code members} for their devices. */
  public Proposals(Signatures signatures, Members members) {
    this.manifests = new Manifests(signatures);
    this.members = members;
  }

  /** Reads a manifest that the calling device has signed. */
  SignedManifest manifest(Principal principal, boolean present, Manifest message) {
    Fields.present("manifest", present);
    SignedManifest signed = EpochMapping.manifest(message);
    if (!signed.manifest().committer().equals(principal.address())) {
      throw Refusal.ofField(Reason.SENDER_FORGED, "manifest.committer_device_id")
          .toException();
    }
    boolean valid = manifests
        .verify(signed.manifest(), signed.signature(), principal.ed25519Key())
        .valid();
    if (!valid) {
      throw new RefusedException(Reason.MANIFEST_SIGNATURE_INVALID);
    }
    return signed;
  }

  static void requireGroup(GroupId group, SignedManifest manifest) {
    if (!manifest.manifest().group().equals(group)) {
      throw Refusal.ofField(Reason.GROUP_ID_MISMATCH, "manifest.group_id").toException();
    }
  }

  /** The newest device lists of these members; nobody's when they are too many for any group. */
  CompletionStage<Map<MemberId, DeviceList>> registered(Set<MemberId> all) {
    return all.size() > Group.MEMBERS_MAX
        ? CompletableFuture.completedStage(Map.of())
        : members.registered(all);
  }

  /** Who will be in the group, if the changes are made. */
  static Set<MemberId> after(GroupView view, List<Change> changes) {
    var all = new HashSet<>(view.members().keySet());
    for (Change change : changes) {
      change.match(new Change.Cases<Boolean>() {
        @Override
        public Boolean add(Change.Add add) {
          return all.add(add.member());
        }

        @Override
        public Boolean remove(Change.Remove remove) {
          return all.remove(remove.member());
        }

        @Override
        public Boolean setRole(Change.SetRole setRole) {
          return false;
        }
      });
    }
    return all;
  }
}
