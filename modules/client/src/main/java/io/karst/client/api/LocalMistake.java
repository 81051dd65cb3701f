package io.karst.client.api;

/**
 * What the caller asked for cannot be done on this device. The message is one sentence for a
 * person.
 */
public final class LocalMistake extends KarstException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public LocalMistake(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public LocalMistake(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.mistake(this);
  }

  /** Which mistake. */
  public enum Kind {
    /** No device lives at that place. */
    STORE_NOT_FOUND,
    /** A device lives at that place already. */
    STORE_EXISTS,
    /** Another process, or another object of this one, has it open. */
    STORE_IN_USE,
    /** The key store does not open with this password. */
    WRONG_PASSWORD,
    /** The files are damaged, do not belong together, or were written by a newer version. */
    STORE_UNREADABLE,
    /** The disk refuses. */
    STORE_FAILED,
    /** The device is in no group of that id. */
    UNKNOWN_GROUP,
    /** The device is not in the group any more, or the group takes nothing more. */
    GROUP_ENDED,
    /** Not a link code, one of another member, or one whose keys do not fit. */
    LINK_CODE_INVALID,
    /** Not a verification code, one for another device, or a device that cannot be verified. */
    VERIFICATION_IMPOSSIBLE,
    /** A member's last device cannot be revoked. */
    LAST_DEVICE,
    /** A media type or body out of bounds. */
    CONTENT_INVALID,
    /** More messages wait for the server than may: wait for earlier ones. */
    OUTBOX_FULL,
    /** A second subscriber while the first one still reads. */
    ALREADY_RECEIVING,
    /** The device was closed. */
    CLOSED,
    /** Plain text to an address that is not loopback, without having been told so. */
    TLS_REQUIRED,
    /** The certificate or key files cannot be used. */
    TLS_UNUSABLE
  }
}
