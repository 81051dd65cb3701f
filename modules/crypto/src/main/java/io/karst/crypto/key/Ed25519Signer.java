package io.karst.crypto.key;

/** Signs with one key, as long as that lives; what it holds of it beside is wiped with it. */
interface Ed25519Signer extends Secret {

  /** The 64 bytes over the first {@code length} of {@code data}. */
  byte[] sign(byte[] data, int length);
}
