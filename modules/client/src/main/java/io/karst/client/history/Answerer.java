package io.karst.client.history;

import io.karst.client.epoch.Committer;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.EpochRow;
import io.karst.client.store.EpochTable;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.EntryWire;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.CryptoException;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.history.History;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.KeyRequestItem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers devices that ask for keys of epochs. Used on the device's thread.
 *
 * <p>Who was in the epochs may have what was meant for it; everybody else what the policy says.
 */
final class Answerer {

  private static final Logger LOG = LoggerFactory.getLogger(Answerer.class);

  private final DeviceContext context;
  private final Committer committer;
  private final Granter granter;

  Answerer(DeviceContext context, Committer committer, Granter granter) {
    this.context = context;
    this.committer = committer;
    this.granter = granter;
  }

  /** Gives what was asked for, if the question is who it says and may have the answer. */
  CompletableFuture<Void> answer(KeyRequestItem item) {
    GroupId group = EntryWire.group(item.getGroupId());
    DeviceAddress by = DeviceWire.address(item.getByMemberId(), item.getByDeviceId());
    EpochRange epochs = new EpochRange(item.getFromEpoch(), item.getToEpoch());
    return isAhead(group, by, epochs)
        ? committer
            .view(group)
            .thenComposeAsync(view -> answer(group, by, epochs, item), context.loop())
        : answer(group, by, epochs, item);
  }

  /** Whether this device has to catch up before it can judge the question. */
  private boolean isAhead(GroupId group, DeviceAddress by, EpochRange epochs) {
    return context
        .memory()
        .transaction(memory -> newest(memory, group) < epochs.to()
            || Rosters.newest(memory, group, by).isEmpty());
  }

  private CompletableFuture<Void> answer(
      GroupId group, DeviceAddress by, EpochRange epochs, KeyRequestItem item) {
    var question = new KeyQuestion(group, epochs);
    boolean genuine = context.memory().transaction(memory -> isGenuine(memory, by, question, item));
    if (!genuine) {
      LOG.warn("a request for keys of group {} does not come from {}", group, by);
      return CompletableFuture.completedFuture(null);
    }
    boolean wasThere = context.memory().transaction(memory -> wasThere(memory, group, by, epochs));
    return wasThere
        ? granter.answer(group, by, epochs)
        : committer
            .view(group)
            .thenComposeAsync(
                view -> view.policy().history() == History.WHOLE
                    ? granter.answer(group, by, epochs)
                    : CompletableFuture.completedFuture(null),
                context.loop());
  }

  private static boolean isGenuine(
      Unsealed memory, DeviceAddress by, KeyQuestion question, KeyRequestItem item) {
    Optional<RosterEntry> asker = Rosters.newest(memory, question.group(), by);
    try {
      return asker.isPresent()
          && question.isSealedBy(
              memory, asker.get(), item.getOlmType(), item.getOlmMessage().toByteArray());
    } catch (CryptoException e) {
      LOG.debug("a request for keys does not open", e);
      return false;
    }
  }

  private static long newest(Unsealed memory, GroupId group) {
    return memory.tables().epochs().newest(group).map(EpochRow::number).orElse(0L);
  }

  private static boolean wasThere(
      Unsealed memory, GroupId group, DeviceAddress device, EpochRange epochs) {
    boolean known =
        epochs.to() <= newest(memory, group) && epochs.to() - epochs.from() < EpochTable.EPOCHS_MAX;
    return known
        && LongStream.rangeClosed(epochs.from(), epochs.to())
            .allMatch(epoch -> memory
                .tables()
                .epochs()
                .find(group, epoch)
                .filter(row -> row.manifest().manifest().entry(device).isPresent())
                .isPresent());
  }
}
