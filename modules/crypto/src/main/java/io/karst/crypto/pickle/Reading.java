package io.karst.crypto.pickle;

import io.karst.crypto.error.PickleException;

/** Reads one kind of state. */
@FunctionalInterface
public interface Reading<T> {
  T from(StateReader state) throws PickleException;
}
