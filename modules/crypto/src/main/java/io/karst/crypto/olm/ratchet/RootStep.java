package io.karst.crypto.olm.ratchet;

/** What an agreement gives: the root key from now on, and the start of a chain. */
record RootStep(RootKey rootKey, ChainKey chainKey) {}
