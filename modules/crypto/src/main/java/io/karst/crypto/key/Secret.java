package io.karst.crypto.key;

import javax.security.auth.Destroyable;

/**
 * Something that holds secret bytes and can be wiped; afterwards it refuses all use.
 *
 * <p>Wiping is best effort: a moving collector may have left copies behind.
 */
public interface Secret extends Destroyable, AutoCloseable {

  @Override
  void destroy();

  @Override
  boolean isDestroyed();

  /** Same as {@link #destroy()}, for try-with-resources. */
  @Override
  default void close() {
    destroy();
  }
}
