package io.karst.crypto.error;

/**
 * Why an operation was refused. The text is part of the API: it never changes and is never reused.
 */
public enum ErrorCode {
  INVALID_BASE64("crypto.invalid_base64"),
  MISSING_VERSION("crypto.missing_version"),
  UNSUPPORTED_VERSION("crypto.unsupported_version"),
  MESSAGE_TOO_SHORT("crypto.message_too_short"),
  MESSAGE_TOO_LONG("crypto.message_too_long"),
  BAD_FORMAT("crypto.bad_format"),
  INVALID_KEY_LENGTH("crypto.invalid_key_length"),
  INVALID_PUBLIC_KEY("crypto.invalid_public_key"),
  NON_CONTRIBUTORY_KEY("crypto.non_contributory_key"),
  INVALID_SIGNATURE("crypto.invalid_signature"),
  INVALID_MAC("crypto.invalid_mac"),
  INVALID_MAC_LENGTH("crypto.invalid_mac_length"),
  UNKNOWN_MESSAGE_INDEX("crypto.unknown_message_index"),
  MISSING_MESSAGE_KEY("crypto.missing_message_key"),
  MESSAGE_REPLAYED("crypto.message_replayed"),
  MESSAGE_TOO_LATE("crypto.message_too_late"),
  MESSAGE_GAP_TOO_BIG("crypto.message_gap_too_big"),
  MESSAGE_OF_OTHER_SESSION("crypto.message_of_other_session"),
  UNKNOWN_ONE_TIME_KEY("crypto.unknown_one_time_key"),
  IDENTITY_KEY_MISMATCH("crypto.identity_key_mismatch"),
  SESSION_CONFIG_MISMATCH("crypto.session_config_mismatch"),
  RATCHET_EXHAUSTED("crypto.ratchet_exhausted"),
  PICKLE_DECRYPTION("crypto.pickle_decryption"),
  PICKLE_VERSION("crypto.pickle_version"),
  PICKLE_KIND("crypto.pickle_kind"),
  PICKLE_FORMAT("crypto.pickle_format"),
  PICKLE_UNREPRESENTABLE("crypto.pickle_unrepresentable"),
  SAS_MAC_MISMATCH("crypto.sas_mac_mismatch");

  private final String text;

  ErrorCode(String text) {
    this.text = text;
  }

  /** The stable name, for logs and for other languages. */
  public String text() {
    return text;
  }
}
