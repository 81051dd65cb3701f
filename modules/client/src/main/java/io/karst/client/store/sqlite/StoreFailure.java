package io.karst.client.store.sqlite;

import io.karst.client.api.LocalMistake;
import java.io.IOException;
import java.sql.SQLException;

/** What can go wrong with the files, as sentences for a person. */
final class StoreFailure {

  private StoreFailure() {}

  static LocalMistake failed(SQLException e) {
    return new LocalMistake(
        LocalMistake.Kind.STORE_FAILED, "the store cannot be read or written", e);
  }

  static LocalMistake failed(IOException e) {
    return new LocalMistake(
        LocalMistake.Kind.STORE_FAILED, "the store cannot be read or written", e);
  }

  static LocalMistake unreadable(String message) {
    return new LocalMistake(LocalMistake.Kind.STORE_UNREADABLE, message);
  }

  static LocalMistake unreadable(String message, Throwable cause) {
    return new LocalMistake(LocalMistake.Kind.STORE_UNREADABLE, message, cause);
  }
}
