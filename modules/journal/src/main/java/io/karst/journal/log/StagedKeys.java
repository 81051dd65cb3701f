package io.karst.journal.log;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SealedText;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.proof.statement.EpochStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest run of staged keys in a journal that is read in order.
 *
 * <p>Whatever an abandoned commit left is dropped where the next run begins. Mutable, for one
 * thread; holds the keys of one roster at most.
 */
public final class StagedKeys {

  private final List<SealedText> run = new ArrayList<>();
  private Bytes manifestHash = Bytes.EMPTY;

  /** Takes the next part that the journal has. */
  public void add(SealedKeysStaged part) {
    if (part.first() == 0) {
      run.clear();
      manifestHash = part.manifestHash();
    }
    boolean follows = part.manifestHash().equals(manifestHash)
        && part.first() == run.size()
        && run.size() + part.keys().size() <= Manifest.ROSTER_MAX;
    if (follows) {
      run.addAll(part.keys());
    } else {
      forget();
    }
  }

  /**
   * The keys of an epoch whose start the journal has next, one for each roster entry; empty when
   * those that were read are not the ones that its log's tree covers.
   */
  public Optional<List<SealedKey>> of(EpochStarted started) {
    return started.keys().match(new SealedKeys.Cases<>() {
      @Override
      public Optional<List<SealedKey>> here(SealedKeys.Here here) {
        return Optional.of(here.keys());
      }

      @Override
      public Optional<List<SealedKey>> staged(SealedKeys.Staged staged) {
        List<RosterEntry> roster = started.manifest().manifest().roster();
        return manifestHash.equals(started.manifest().hash()) && run.size() == roster.size()
            ? Optional.of(addressed(roster))
                .filter(keys -> EpochStatements.sealedKeysHash(keys).equals(staged.hash()))
            : Optional.empty();
      }
    });
  }

  /** Drops what was taken: an epoch has started, and nothing before it is of use. */
  public void forget() {
    run.clear();
    manifestHash = Bytes.EMPTY;
  }

  private List<SealedKey> addressed(List<RosterEntry> roster) {
    var keys = new ArrayList<SealedKey>(run.size());
    for (int i = 0; i < run.size(); i++) {
      keys.add(run.get(i).to(roster.get(i).address()));
    }
    return keys;
  }
}
