package io.karst.client.store.sqlite;

import io.karst.client.store.DeviceStore;
import io.karst.client.store.OwnerOnly;
import io.karst.client.store.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import org.sqlite.SQLiteConfig;

/**
 * A store in one SQLite file, with one connection.
 *
 * <p>WAL with a sync on each commit: what a transaction wrote survives a power cut. Deleted keys
 * are overwritten. The lock is held until {@link #close()}. Not thread-safe.
 */
public final class SqliteStore implements DeviceStore {

  private final Sql sql;
  private final Optional<StoreLock> lock;
  private final Tables tables;
  private boolean inTransaction;

  private SqliteStore(Sql sql, Optional<StoreLock> lock) {
    this.sql = sql;
    this.lock = lock;
    this.tables = new SqliteTables(sql);
  }

  /** Opens the file, makes it when it is missing, and brings it up to the newest schema. */
  public static SqliteStore open(Path file) {
    StoreLock lock = StoreLock.take(file);
    try {
      create(file);
      return open(connect(file.toAbsolutePath().toString()), Optional.of(lock));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Makes a store that is gone when it is closed: for a device that is to leave no trace. */
  public static SqliteStore inMemory() {
    return open(connect(":memory:"), Optional.empty());
  }

  private static SqliteStore open(Connection connection, Optional<StoreLock> lock) {
    Sql sql = new Sql(connection);
    try {
      Schema.migrate(sql);
      sql.commit();
      return new SqliteStore(sql, lock);
    } catch (RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  @Override
  public <T> T transaction(Function<Tables, T> work) {
    if (inTransaction) {
      throw new IllegalStateException("transactions do not nest");
    }
    inTransaction = true;
    try {
      T result = work.apply(tables);
      sql.commit();
      return result;
    } catch (RuntimeException | Error e) {
      sql.rollback();
      throw e;
    } finally {
      inTransaction = false;
    }
  }

  @Override
  public void close() {
    try {
      sql.close();
    } finally {
      lock.ifPresent(StoreLock::close);
    }
  }

  private static void create(Path file) {
    try {
      OwnerOnly.create(file);
    } catch (IOException e) {
      throw StoreFailure.failed(e);
    }
  }

  private static Connection connect(String database) {
    SQLiteConfig config = new SQLiteConfig();
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    return Sql.get(() -> {
      Connection connection = config.createConnection("jdbc:sqlite:" + database);
      connection.setAutoCommit(false);
      return connection;
    });
  }
}
