package io.karst.acceptance.scenario;

import io.karst.domain.group.Receipt;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A group, and all that was ever said in it. Thread-safe. */
final class Group {

  private final Person founder;
  private final GroupId id;
  private final Map<Long, String> said = new ConcurrentHashMap<>();
  private final List<String> written = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Receipt>> sending = new CopyOnWriteArrayList<>();

  Group(Person founder, GroupId id) {
    this.founder = founder;
    this.id = id;
  }

  GroupId id() {
    return id;
  }

  Person founder() {
    return founder;
  }

  /** Notes where a message comes to stand. */
  CompletableFuture<Receipt> saying(String text, CompletableFuture<Receipt> receipt) {
    CompletableFuture<Receipt> noted = receipt.thenApply(given -> {
      said.put(given.offset(), text);
      return given;
    });
    sending.add(noted);
    return noted;
  }

  /** Notes that somebody said this without knowing yet where it comes to stand. */
  void written(String text) {
    written.add(text);
  }

  /** What was said, by offset, once the log holds all of it, or has refused it. */
  Map<Long, String> said() {
    sending.forEach(receipt -> Town.get(receipt.handle((given, refused) -> true)));
    written.forEach(text -> said.put(founder.hears(this, text).offset(), text));
    return Map.copyOf(said);
  }
}
