package io.karst.client.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.LocalMistake;
import io.karst.client.store.DeviceStore;
import io.karst.client.store.DeviceStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends DeviceStoreContract {

  @TempDir
  private Path folder = Path.of("");

  @Override
  protected DeviceStore open() {
    return SqliteStore.open(folder.resolve("device.db"));
  }

  @Test
  void aSecondOwnerIsKeptOutUntilTheFirstIsGone() {
    Path file = folder.resolve("other.db");
    SqliteStore first = SqliteStore.open(file);
    assertMistake(file, LocalMistake.Kind.STORE_IN_USE);
    first.close();
    SqliteStore.open(file).close();
  }

  @Test
  void aFileOfANewerVersionIsLeftAlone() throws SQLException {
    Path file = folder.resolve("newer.db");
    SqliteStore.open(file).close();
    execute(file, "PRAGMA user_version = " + (Schema.newest() + 1));
    assertMistake(file, LocalMistake.Kind.STORE_UNREADABLE);
    assertMistake(file, LocalMistake.Kind.STORE_UNREADABLE);
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path file = folder.resolve("letter.txt");
    Files.writeString(file, "Dear Sir or Madam, ".repeat(500), StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> SqliteStore.open(file)).isInstanceOf(LocalMistake.class);
    assertThat(Files.readString(file)).startsWith("Dear");
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws IOException {
    Path file = folder.resolve("mine.db");
    SqliteStore.open(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static void assertMistake(Path file, LocalMistake.Kind kind) {
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOfSatisfying(
            LocalMistake.class, mistake -> assertThat(mistake.kind()).isEqualTo(kind));
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
