package io.karst.client.store.sqlite;

import io.karst.domain.bytes.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JDBC without checked exceptions, over one connection.
 *
 * <p>Arguments are {@link String}, {@link Long}, {@link Boolean}, {@link Bytes} and null.
 * Statements are constants, so the cache of prepared ones is bounded by the program. Not
 * thread-safe.
 */
final class Sql implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** One row of a result; columns count from 1. */
  record Row(ResultSet result) {

    long number(int column) {
      return get(() -> result.getLong(column));
    }

    boolean flag(int column) {
      return number(column) != 0;
    }

    String text(int column) {
      return get(() -> result.getString(column));
    }

    Bytes bytes(int column) {
      return get(() -> Bytes.copyOf(result.getBytes(column)));
    }

    boolean isNull(int column) {
      return get(() -> result.getObject(column) == null);
    }
  }

  void execute(String sql) {
    run(() -> {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    });
  }

  /** Answers the number of rows that changed. */
  int update(String sql, @Nullable Object... arguments) {
    return get(() -> bind(sql, arguments).executeUpdate());
  }

  <T> List<T> all(String sql, Function<Row, T> mapping, Object... arguments) {
    return get(() -> {
      try (ResultSet result = bind(sql, arguments).executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(mapping.apply(new Row(result)));
        }
        return rows;
      }
    });
  }

  <T> Optional<T> one(String sql, Function<Row, T> mapping, Object... arguments) {
    return all(sql, mapping, arguments).stream().findFirst();
  }

  void commit() {
    run(connection::commit);
  }

  void rollback() {
    run(connection::rollback);
  }

  @Override
  public void close() {
    run(() -> {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      connection.close();
    });
  }

  private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      @Nullable Object argument = arguments[i];
      statement.setObject(i + 1, argument instanceof Bytes bytes ? bytes.toArray() : argument);
    }
    return statement;
  }

  /** Work that JDBC may fail. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Work that JDBC may fail and that answers nothing. */
  @FunctionalInterface
  interface Action {
    void run() throws SQLException;
  }

  static <T> T get(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw StoreFailure.failed(e);
    }
  }

  static void run(Action action) {
    try {
      action.run();
    } catch (SQLException e) {
      throw StoreFailure.failed(e);
    }
  }
}
