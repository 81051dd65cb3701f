package io.karst.client.desk;

import io.karst.client.api.LocalMistake;
import io.karst.client.api.verification.Trust;
import io.karst.client.epoch.Directory;
import io.karst.client.memory.Unsealed;
import io.karst.client.verification.Party;
import io.karst.client.verification.TrustRule;
import io.karst.client.work.DeviceContext;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.DeviceLists;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Who the two sides are, by the chains that this device believes in. On the device's thread. */
final class Parties {

  private final DeviceContext context;
  private final Directory directory;

  Parties(DeviceContext context, Directory directory) {
    this.context = context;
    this.directory = directory;
  }

  /** Follows this member's chain, and another's, to their newest versions. */
  CompletableFuture<Void> refresh(MemberId other) {
    var both = new TreeSet<>(List.of(context.self().member(), other));
    return directory.newest(both).thenApply(lists -> null);
  }

  /** This device itself; its chain is known once it was refreshed. */
  Party self() {
    return find(context.self()).orElseThrow(() -> impossible("this device was revoked"));
  }

  /** Another device of the newest version of its member's chain. */
  Party peer(DeviceAddress device) {
    return find(device).orElseThrow(() -> impossible(device + " is no device of its member"));
  }

  Optional<Party> find(DeviceAddress device) {
    List<DeviceList> chain =
        context.memory().transaction(memory -> memory.tables().pins().of(device.member()));
    return chain.isEmpty()
        ? Optional.empty()
        : chain
            .get(chain.size() - 1)
            .device(device.device())
            .map(identity -> new Party(
                device.member(), identity, chain.stream().map(DeviceLists::hash).toList()));
  }

  static Trust trust(Unsealed memory, MemberId member) {
    return TrustRule.trust(
        member, memory.tables().pins().of(member), memory.tables().trust().of(member));
  }

  static LocalMistake impossible(String why) {
    return new LocalMistake(LocalMistake.Kind.VERIFICATION_IMPOSSIBLE, why);
  }
}
