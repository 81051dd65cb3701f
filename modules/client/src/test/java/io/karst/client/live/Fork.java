package io.karst.client.live;

import com.google.protobuf.ByteString;
import io.karst.client.wire.EntryWire;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.LogItem;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Frontier;
import io.karst.wire.v1.CaughtUp;
import io.karst.wire.v1.Cursor;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.Hidden;
import io.karst.wire.v1.LogEntry;
import java.util.List;
import java.util.function.Predicate;

/**
 * A second log of a group, without some entries, with heads that fit it: what a server would keep
 * that shows two members two logs. Told on one stream, from the first entry on or from where a
 * reader begins that is told the tree before.
 */
final class Fork {

  private final GroupId group;
  private final Predicate<LogEntry> hidden;
  private Frontier tree = Frontier.EMPTY;

  Fork(GroupId group, Predicate<LogEntry> hidden) {
    this.group = group;
    this.hidden = hidden;
  }

  void tell(Road road) {
    road.telling(
        DeliveryServiceGrpc.getSubscribeMethod(), truth -> switch (truth.getResponseCase()) {
          case ENTRIES -> truth.toBuilder().setEntries(told(truth.getEntries())).build();
          case CAUGHT_UP ->
            truth.toBuilder()
                .setCaughtUp(CaughtUp.newBuilder().setGroupId(group.value()).setCursor(cursor()))
                .build();
          case STARTED -> {
            tree = EntryWire.tree(truth.getStarted()).orElse(tree);
            yield truth;
          }
          case ENDED, INBOX_ITEMS, PING, RESPONSE_NOT_SET -> truth;
        });
  }

  private Entries told(Entries truth) {
    List<LogEntry> shown = truth.getEntriesList().stream().map(this::told).toList();
    Entries entries = Lies.with(truth, shown);
    tree = tree.append(EntryWire.items(entries).stream().map(LogItem::leaf).toList());
    return entries.toBuilder().setCursor(cursor()).build();
  }

  private LogEntry told(LogEntry truth) {
    return hidden.test(truth)
        ? truth.toBuilder()
            .setHidden(Hidden.newBuilder().setLeafHash(ByteString.copyFrom(new byte[32])))
            .build()
        : truth;
  }

  private Cursor cursor() {
    return Cursor.newBuilder().setHead(EnvelopeWire.head(tree.head())).build();
  }
}
