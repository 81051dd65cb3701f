package io.karst.client;

import java.nio.file.Path;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * Where a device lives: a database, a PKCS#12 key store with the key that encrypts the secrets in
 * it, and the password of that key store.
 *
 * <p>The key store is the file beside the database with {@code .p12} added. Holds a copy of the
 * password until it is destroyed. Not thread-safe.
 */
public final class StoreLocation implements Destroyable {

  private final Path database;
  private final char[] password;
  private boolean destroyed;

  private StoreLocation(Path database, char[] password) {
    this.database = database;
    this.password = password;
  }

  /** Copies the password; the caller may wipe its own. */
  public static StoreLocation of(Path database, char[] password) {
    return new StoreLocation(database, password.clone());
  }

  public Path database() {
    return database;
  }

  public Path keyStore() {
    return database.resolveSibling(database.getFileName() + ".p12");
  }

  /** A fresh copy, to be wiped by the caller. */
  char[] password() {
    if (destroyed) {
      throw new IllegalStateException("the password was destroyed");
    }
    return password.clone();
  }

  @Override
  public void destroy() {
    Arrays.fill(password, '\0');
    destroyed = true;
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "StoreLocation[" + database + "]";
  }
}
