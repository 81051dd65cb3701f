package io.karst.client.channel;

import io.karst.client.api.SecurityProblem;
import io.karst.client.memory.Unsealed;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.wire.LogItem;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a run has read a log, and the heads that it has come by.
 *
 * <p>The log is hashed here, entry by entry, from its first one or from where this device's reading
 * began: then every head after that can be checked, the server's and the members'. Mutable: made
 * for one run.
 */
public final class LogPlace {

  private final Unsealed loading;
  private final GroupRow group;
  private final Map<Long, Head> heads = new TreeMap<>();
  private Position position;

  public LogPlace(Unsealed loading, GroupRow group) {
    this.loading = loading;
    this.group = group;
    this.position = group.position();
  }

  /**
   * Goes past an entry. Answers the contradiction when the server's head after it is not the log's.
   */
  public Optional<SecurityProblem> pass(LogItem item, DeviceAddress self) {
    long offset = item.entry().offset();
    Optional<Frontier> tree = position
        .tree()
        .filter(frontier -> frontier.size() == offset)
        .map(frontier -> frontier.append(List.of(item.leaf())));
    tree.map(Frontier::head).ifPresent(this::remember);
    Optional<SecurityProblem> fork = item.cursor().flatMap(head -> compare(head, self));
    item.cursor().ifPresent(this::remember);
    // Once the server has contradicted itself, one warning says it all.
    position = new Position(
        item.cursor().or(position::cursor), offset + 1, fork.isEmpty() ? tree : Optional.empty());
    return fork;
  }

  /** Offset of the first entry that was not read. */
  long nextOffset() {
    return position.nextOffset();
  }

  /**
   * Is told the tree over all entries before the next one: from here on the log is hashed. Answers
   * the contradiction when a head of that size was seen that is another.
   */
  public Optional<SecurityProblem> begin(Frontier tree, DeviceAddress self) {
    boolean fits = position.nextOffset() == tree.size() || position.equals(Position.UNKNOWN);
    if (!fits || position.tree().isPresent()) {
      return Optional.empty();
    }
    Optional<SecurityProblem> fork = compare(tree.head(), self);
    if (fork.isEmpty()) {
      position = new Position(position.cursor(), tree.size(), Optional.of(tree));
      remember(tree.head());
    }
    return fork;
  }

  /** Is told the head of all that was read. */
  public void reach(Head head) {
    if (head.size() == position.nextOffset()) {
      position = new Position(Optional.of(head), position.nextOffset(), position.tree());
      remember(head);
    }
  }

  /** Compares a head that somebody saw with the one of the same size that is known here. */
  Optional<SecurityProblem> compare(Head head, DeviceAddress toldBy) {
    Optional<Head> known = Optional.ofNullable(heads.get(head.size()))
        .or(() -> loading.tables().groups().head(group.id(), head.size()));
    return known
        .filter(own -> !own.equals(head))
        .map(own -> new SecurityProblem.LogForked(group.id(), head.size(), toldBy));
  }

  public void save(Unsealed memory) {
    memory
        .tables()
        .groups()
        .find(group.id())
        .ifPresent(row -> memory.tables().groups().save(row.withPosition(position)));
    memory.tables().groups().addHeads(group.id(), heads.values());
  }

  private void remember(Head head) {
    heads.putIfAbsent(head.size(), head);
  }
}
