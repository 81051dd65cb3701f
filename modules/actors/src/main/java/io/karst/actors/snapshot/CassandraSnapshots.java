package io.karst.actors.snapshot;

import com.typesafe.config.Config;
import io.karst.actors.snapshot.SnapshotTables.Range;
import io.karst.domain.bytes.Bytes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.dispatch.Dispatchers;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * Pekko's snapshot store over Cassandra, which writes no row above {@value Parts#BYTES_MAX} bytes.
 *
 * <p>The plugin that comes with the journal writes each snapshot as one row. What fits is written
 * here in the same way, so the rows of either are read by both. A larger one is written in parts,
 * and then a row that makes them count. Without that row, or when a part is missing, it is as if
 * there were no such snapshot: recovery takes the one before, and replays more.
 *
 * <p>Mutable as an actor is: Pekko calls it from one thread at a time.
 */
public final class CassandraSnapshots extends SnapshotStore {

  private static final Logger LOG = LoggerFactory.getLogger(CassandraSnapshots.class);

  /** One more than are kept of each entity. */
  private static final int LOADS_MAX = 3;

  private final Config config;
  private final CassandraSession session;
  private final Serialization serialization;
  private CompletableFuture<SnapshotTables> tables = new CompletableFuture<>();

  /** Called by Pekko, with the section of the configuration that names the class. */
  public CassandraSnapshots(Config config) {
    this.config = config;
    this.session =
        CassandraSessionRegistry.get(context().system()).sessionFor(config.getString("session"));
    this.serialization = SerializationExtension.get(context().system());
    this.tables.completeExceptionally(new IllegalStateException("not prepared yet"));
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    Range range = range(criteria);
    return FutureConverters.asScala(tables()
        .thenCompose(
            t -> t.first(persistenceId, range, LOADS_MAX, row -> load(t, persistenceId, row))));
  }

  private CompletionStage<Optional<SelectedSnapshot>> load(
      SnapshotTables tables, String persistenceId, SnapshotRow row) {
    var metadata = new SnapshotMetadata(persistenceId, row.sequenceNumber(), row.timestamp());
    return whole(tables, persistenceId, row)
        .thenApply(whole -> whole
            .flatMap(bytes -> OptionConverters.toJava(serialization
                .deserialize(bytes, row.serializer(), row.manifest())
                .toOption()))
            .map(state -> new SelectedSnapshot(metadata, state)))
        .whenComplete((usable, failure) -> {
          if (failure == null && usable.isEmpty()) {
            LOG.warn("snapshot {} of {} cannot be used", row.sequenceNumber(), persistenceId);
          }
        });
  }

  private static CompletionStage<Optional<byte[]>> whole(
      SnapshotTables tables, String persistenceId, SnapshotRow row) {
    if (row.parts().isEmpty()) {
      return CompletableFuture.completedFuture(Optional.of(row.data().toArray()));
    }
    Parts said = row.parts().orElseThrow();
    return tables.parts(persistenceId, row).thenApply(said::join);
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    Serializer serializer = serialization.findSerializerFor(snapshot);
    String manifest = Serializers.manifestFor(serializer, snapshot);
    byte[] whole = serializer.toBinary(snapshot);
    boolean fits = whole.length <= Parts.BYTES_MAX;
    var row = new SnapshotRow(
        metadata.sequenceNr(),
        metadata.timestamp(),
        serializer.identifier(),
        manifest,
        fits ? Bytes.copyOf(whole) : Bytes.EMPTY,
        fits ? Optional.empty() : Optional.of(Parts.of(whole)));
    return done(tables().thenCompose(t -> save(t, metadata.persistenceId(), row, whole)));
  }

  /** The parts first: a crash leaves some that no row speaks of. */
  private static CompletionStage<?> save(
      SnapshotTables tables, String persistenceId, SnapshotRow row, byte[] whole) {
    return row.parts().isEmpty()
        ? tables.insert(persistenceId, row)
        : tables
            .insertParts(persistenceId, row, Parts.split(whole))
            .thenCompose(written -> tables.insert(persistenceId, row));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    var only = new Range(metadata.sequenceNr(), metadata.sequenceNr());
    return done(tables().thenCompose(t -> t.delete(metadata.persistenceId(), only)));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    Range range = range(criteria);
    return done(tables().thenCompose(t -> t.delete(persistenceId, range)));
  }

  /** Entities select by number alone; whoever asks for times would get others than they mean. */
  private static Range range(SnapshotSelectionCriteria criteria) {
    if (criteria.minTimestamp() > 0 || criteria.maxTimestamp() < Long.MAX_VALUE) {
      throw new IllegalArgumentException("snapshots are selected by sequence number");
    }
    return new Range(criteria.minSequenceNr(), criteria.maxSequenceNr());
  }

  /** Tries anew after a failure: Cassandra may not have been there yet. */
  private CompletionStage<SnapshotTables> tables() {
    if (tables.isCompletedExceptionally()) {
      tables = session
          .underlying()
          .thenApplyAsync(
              cql -> new SnapshotTables(cql, config),
              context().system().dispatchers().lookup(Dispatchers.DefaultBlockingDispatcherId()))
          .toCompletableFuture();
    }
    return tables;
  }

  private static Future<Void> done(CompletionStage<?> stage) {
    return FutureConverters.asScala(stage.thenApply(done -> null));
  }
}
