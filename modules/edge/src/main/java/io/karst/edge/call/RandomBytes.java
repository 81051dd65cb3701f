package io.karst.edge.call;

/**
 * Where nonces and keys of the server come from. Tests pass a fixed source; only the program's
 * wiring passes a real one.
 */
@FunctionalInterface
public interface RandomBytes {

  /** Fills the whole array with bytes that nobody can guess. */
  void fill(byte[] target);
}
