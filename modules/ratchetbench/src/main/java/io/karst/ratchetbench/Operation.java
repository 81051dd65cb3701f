package io.karst.ratchetbench;

/** What is measured. Messages and keys travel as base64, as the other libraries have them. */
public enum Operation {
  /** A message of 300 bytes to text. */
  MEGOLM_ENCRYPT("megolm-encrypt", 300, "Megolm encrypt, 300 B"),
  /** A message of 4 KiB to text. */
  MEGOLM_ENCRYPT_LONG("megolm-encrypt", 4096, "Megolm encrypt, 4 KiB"),
  /** In the order of sending, from text. */
  MEGOLM_DECRYPT("megolm-decrypt", 300, "Megolm decrypt, 300 B"),
  /** In the order of sending, from text. */
  MEGOLM_DECRYPT_LONG("megolm-decrypt", 4096, "Megolm decrypt, 4 KiB"),
  /** A group session with fresh keys. */
  MEGOLM_CREATE("megolm-create", 300, "Megolm, new outbound session"),
  /** A receiving session from a session key, whose signature is checked. */
  MEGOLM_JOIN("megolm-join", 300, "Megolm, inbound from session key"),
  /** At the first known index. */
  MEGOLM_EXPORT("megolm-export", 300, "Megolm export"),
  /** 10,000 steps, then an export. */
  MEGOLM_ADVANCE("megolm-advance", 300, "Megolm advance by 10,000, export"),
  /** In a chain that goes on. */
  OLM_ENCRYPT("olm-encrypt", 300, "Olm encrypt, 300 B"),
  /** In a chain that goes on, in the order of sending. */
  OLM_DECRYPT("olm-decrypt", 300, "Olm decrypt, 300 B"),
  /** A message and its answer: two new ratchet keys, four agreements. */
  OLM_TURN("olm-turn", 300, "Olm message and answer"),
  /** The side that begins: two new keys, three agreements. */
  OLM_OPEN("olm-open", 300, "Olm, new outbound session"),
  /** The side that is addressed, with its first message opened. */
  OLM_ACCEPT("olm-accept", 300, "Olm, inbound from first message");

  private final String key;
  private final int bytes;
  private final String text;

  Operation(String key, int bytes, String text) {
    this.key = key;
    this.bytes = bytes;
    this.text = text;
  }

  /** What the harnesses of other languages know it by. */
  String key() {
    return key;
  }

  /** Of each plaintext. */
  int bytes() {
    return bytes;
  }

  /** For people. */
  String text() {
    return text;
  }
}
