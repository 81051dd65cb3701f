package io.karst.client.live;

import com.google.protobuf.ByteString;
import io.karst.client.wire.EntryWire;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.EpochStarted;
import io.karst.wire.v1.GetGroupResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.Hidden;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionStarted;
import io.karst.wire.v1.SyncResponse;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a hostile server tells one device in place of the truth. */
final class Lies {

  private Lies() {}

  /** About epochs, wherever the server speaks of them; the log's own entries among them. */
  static void aboutEpochs(Road road, UnaryOperator<EpochRecord> lie) {
    aboutEpochsOutsideTheLog(road, lie);
    road.telling(
        DeliveryServiceGrpc.getSubscribeMethod(), truth -> switch (truth.getResponseCase()) {
          case ENTRIES -> {
            SubscribeResponse.Builder told = truth.toBuilder();
            told.getEntriesBuilder().getEntriesBuilderList().stream()
                .filter(LogEntry.Builder::hasEpochStarted)
                .forEach(entry -> entry.setEpochStarted(started(entry.getEpochStarted(), lie)));
            yield told.build();
          }
          case STARTED ->
            truth.toBuilder().setStarted(started(truth.getStarted(), lie)).build();
          case CAUGHT_UP, ENDED, INBOX_ITEMS, PING, RESPONSE_NOT_SET -> truth;
        });
  }

  /** About epochs, except in the log. */
  static void aboutEpochsOutsideTheLog(Road road, UnaryOperator<EpochRecord> lie) {
    road.telling(
        GroupServiceGrpc.getSyncMethod(),
        truth -> SyncResponse.newBuilder(truth)
            .clearEpochs()
            .addAllEpochs(truth.getEpochsList().stream().map(lie).toList())
            .build());
    road.telling(
        GroupServiceGrpc.getGetGroupMethod(),
        truth -> GetGroupResponse.newBuilder(truth)
            .setEpoch(lie.apply(truth.getEpoch()))
            .build());
    road.telling(
        GroupServiceGrpc.getAppendMethod(),
        truth -> truth.hasCurrentEpoch()
            ? AppendResponse.newBuilder(truth)
                .setCurrentEpoch(lie.apply(truth.getCurrentEpoch()))
                .build()
            : truth);
  }

  /** About the entries of the log. */
  static void aboutEntries(Road road, UnaryOperator<Entries> lie) {
    road.telling(
        DeliveryServiceGrpc.getSubscribeMethod(),
        truth -> truth.hasEntries()
            ? truth.toBuilder().setEntries(lie.apply(truth.getEntries())).build()
            : truth);
  }

  /** About each entry for itself. */
  static void aboutEachEntry(Road road, UnaryOperator<LogEntry> lie) {
    aboutEntries(
        road, truth -> with(truth, truth.getEntriesList().stream().map(lie).toList()));
  }

  /** Of entries that fit nothing but the leaf is shown, as of those that are not for the device. */
  static void hiding(Road road, GroupId group, Predicate<LogEntry> entries) {
    aboutEachEntry(road, entry -> entries.test(entry) ? hidden(group, entry) : entry);
  }

  private static LogEntry hidden(GroupId group, LogEntry entry) {
    return LogEntry.newBuilder()
        .setOffset(entry.getOffset())
        .setAcceptedAtMillis(entry.getAcceptedAtMillis())
        .setEpoch(entry.getEpoch())
        .setHidden(Hidden.newBuilder()
            .setLeafHash(ByteString.copyFrom(EntryWire.item(group, entry).leaf().toArray())))
        .build();
  }

  static Entries with(Entries truth, List<LogEntry> entries) {
    return truth.toBuilder().clearEntries().addAllEntries(entries).build();
  }

  /** Only about the epoch of this number. */
  static UnaryOperator<EpochRecord> of(long epoch, UnaryOperator<EpochRecord> lie) {
    return truth -> truth.getManifest().getEpoch() == epoch ? lie.apply(truth) : truth;
  }

  private static SubscriptionStarted started(
      SubscriptionStarted truth, UnaryOperator<EpochRecord> lie) {
    return truth.toBuilder()
        .clearEpochs()
        .addAllEpochs(truth.getEpochsList().stream().map(lie).toList())
        .build();
  }

  private static EpochStarted started(EpochStarted truth, UnaryOperator<EpochRecord> lie) {
    EpochRecord.Builder record = EpochRecord.newBuilder().setManifest(truth.getManifest());
    if (truth.hasSealedKey()) {
      record.setSealedKey(truth.getSealedKey());
    }
    EpochRecord told = lie.apply(record.build());
    EpochStarted.Builder started = truth.toBuilder().setManifest(told.getManifest());
    return told.hasSealedKey()
        ? started.setSealedKey(told.getSealedKey()).build()
        : started.clearSealedKey().build();
  }
}
