package io.karst.crypto.key;

/**
 * The permit that secret bytes ask for before they leave their types.
 *
 * <p>Secrets leave memory only when a state is stored, so whoever calls {@link #forPickling()} is a
 * pickle format: search for it to find every way out. Bytes obtained with it are copies, to be
 * wiped by who asked.
 */
public final class SecretAccess {

  private static final SecretAccess GRANTED = new SecretAccess();

  private SecretAccess() {}

  /** For packages below {@code io.karst.crypto.pickle} alone. */
  public static SecretAccess forPickling() {
    return GRANTED;
  }
}
