package io.karst.simulation;

import io.karst.actors.journal.JournalRow;
import io.karst.actors.journal.JournalRows;
import io.karst.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What survives the server's crashes: rows and snapshots, as bytes. */
final class Journal implements JournalRows {

  private final Map<String, List<JournalRow>> rows = new HashMap<>();
  private final Map<String, Snapshot> snapshots = new HashMap<>();

  /** A state after so many rows. */
  private record Snapshot(int rows, Bytes state) {}

  void append(String id, byte[] row) {
    List<JournalRow> all = rows.computeIfAbsent(id, made -> new ArrayList<>());
    all.add(new JournalRow(all.size() + 1L, Bytes.copyOf(row)));
  }

  void snapshot(String id, byte[] state) {
    snapshots.put(id, new Snapshot(all(id).size(), Bytes.copyOf(state)));
  }

  /** The state that was kept last. */
  Optional<byte[]> snapshot(String id) {
    return Optional.ofNullable(snapshots.get(id)).map(kept -> kept.state().toArray());
  }

  /** What was written since the newest snapshot, or at all. */
  List<JournalRow> sinceSnapshot(String id) {
    List<JournalRow> all = all(id);
    Snapshot kept = snapshots.get(id);
    return kept == null ? all : all.subList(kept.rows(), all.size());
  }

  List<JournalRow> all(String id) {
    return rows.getOrDefault(id, List.of());
  }

  @Override
  public CompletionStage<Optional<JournalRow>> at(String id, long number) {
    List<JournalRow> all = all(id);
    boolean there = number >= 1 && number <= all.size();
    return CompletableFuture.completedStage(
        there ? Optional.of(all.get((int) number - 1)) : Optional.empty());
  }

  @Override
  public CompletionStage<List<JournalRow>> from(String id, long number, long bytesMax) {
    List<JournalRow> found = new ArrayList<>();
    long bytes = 0;
    List<JournalRow> all = all(id);
    for (int i = (int) number - 1; i < all.size(); i++) {
      bytes += all.get(i).record().length();
      if (!found.isEmpty() && bytes > bytesMax) {
        break;
      }
      found.add(all.get(i));
    }
    return CompletableFuture.completedStage(List.copyOf(found));
  }
}
