package io.karst.edge.owner;

import io.karst.actors.group.GroupReply;
import io.karst.actors.group.Groups;
import io.karst.actors.group.ViewReply;
import io.karst.actors.member.ChainReply;
import io.karst.actors.member.Members;
import io.karst.domain.device.DeviceChain;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.device.NewestDevices;
import io.karst.edge.status.RefusedException;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.statement.DeviceStatements;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Opens the log of a member's own devices, and lets it note each version of their list before it is
 * used.
 *
 * <p>Thread-safe. Nodes that do so at the same time do not disturb each other: who comes second
 * looks again.
 */
public final class OwnerLogs {

  /** The longest chain in the smallest pages, and as many lost races. */
  private static final int STEPS_MAX = DeviceChain.VERSIONS_MAX / 8;

  private final Groups groups;
  private final Members members;

  public OwnerLogs(Groups groups, Members members) {
    this.groups = groups;
    this.members = members;
  }

  /** Whether this is the log that the device shares with its member's others. */
  public static boolean isOwn(GroupId log, DeviceAddress device) {
    return log.equals(DeviceStatements.ownerLogId(device.member()));
  }

  /**
   * Completes with the newest device list, once the log has noted it. Fails with
   * {@code DEVICE_REVOKED} when the device is not in it.
   */
  public CompletionStage<DeviceList> catchUp(DeviceAddress by) {
    return catchUp(by, 0).thenApply(list -> {
      if (list.device(by.device()).isEmpty()) {
        throw new RefusedException(Reason.DEVICE_REVOKED);
      }
      return list;
    });
  }

  /** The newest device list of the device's member. */
  public CompletionStage<DeviceList> newest(DeviceAddress by) {
    return members.account(by.member()).thenApply(reply -> reply.match(new NewestDevices()));
  }

  private CompletionStage<DeviceList> catchUp(DeviceAddress by, int step) {
    if (step == STEPS_MAX) {
      return CompletableFuture.failedStage(new RefusedException(Reason.UNAVAILABLE));
    }
    return newest(by)
        .thenCompose(newest -> noted(by)
            .thenCompose(noted -> noted.equals(Optional.of(newest))
                ? CompletableFuture.completedStage(newest)
                : after(by, noted)
                    .thenCompose(lists -> note(by, noted, lists))
                    .thenCompose(done -> catchUp(by, step + 1))));
  }

  private CompletionStage<Optional<DeviceList>> noted(DeviceAddress by) {
    return groups
        .view(DeviceStatements.ownerLogId(by.member()), by)
        .thenApply(reply -> reply.match(new ViewReply.Cases<>() {
          @Override
          public Optional<DeviceList> seen(ViewReply.Seen seen) {
            return seen.view().ownerDevices();
          }

          @Override
          public Optional<DeviceList> refused(ViewReply.Refused refused) {
            if (refused.reason() == Reason.GROUP_NOT_FOUND) {
              return Optional.empty();
            }
            throw new RefusedException(refused.reason());
          }
        }));
  }

  /** The versions that follow; all of them, from the first on, when the chain began anew. */
  private CompletionStage<List<DeviceList>> after(DeviceAddress by, Optional<DeviceList> noted) {
    return noted.isEmpty()
        ? versions(by, 0)
        : versions(by, noted.get().version())
            .thenCompose(lists -> follow(noted.get(), lists)
                ? CompletableFuture.completedStage(lists)
                : versions(by, 0));
  }

  private static boolean follow(DeviceList noted, List<DeviceList> lists) {
    return !lists.isEmpty() && lists.get(0).previousHash().equals(DeviceLists.hash(noted));
  }

  private CompletionStage<List<DeviceList>> versions(DeviceAddress by, long after) {
    return members
        .chain(by.member(), after, by)
        .thenApply(reply -> reply.match(new ChainReply.Cases<>() {
          @Override
          public List<DeviceList> page(ChainReply.Page page) {
            return page.versions();
          }

          @Override
          public List<DeviceList> refused(ChainReply.Refused refused) {
            throw new RefusedException(refused.reason());
          }
        }));
  }

  private CompletionStage<Boolean> note(
      DeviceAddress by, Optional<DeviceList> known, List<DeviceList> lists) {
    return groups
        .ask(
            DeviceStatements.ownerLogId(by.member()),
            new GroupCommand.NoteOwnerDevices(known, lists))
        .thenApply(reply -> reply.match(new GroupReply.Cases<>() {
          @Override
          public Boolean done(GroupReply.Done done) {
            return true;
          }

          @Override
          public Boolean refused(GroupReply.Refused refused) {
            if (refused.reason() == Reason.DEVICE_LIST_STALE) {
              return false;
            }
            throw new RefusedException(refused.reason());
          }
        }));
  }
}
