package io.karst.domain.access;

/**
 * What the server can know of a device's way to a message.
 *
 * <p>Facts about reader, epoch and key say nothing when the place holds no envelope.
 *
 * @param key the epoch's key, when the device is in its roster; else the history that was shared
 *     with it
 * @param sealedToFallback the key was sealed with a fallback key of the device
 */
public record AccessFacts(
    Place place,
    Reader reader,
    History history,
    EpochStanding epoch,
    KeyState key,
    boolean sealedToFallback) {

  /** What stands at an offset of the log. */
  public enum Place {
    /** Nothing yet. */
    UNWRITTEN,
    /** An entry that is no envelope. */
    CONTROL,
    /** An envelope whose payload was erased. */
    ERASED,
    /** An envelope. */
    ENVELOPE
  }

  /**
   * Who asks to read.
   *
   * @param memberInRoster a device of the member was in the envelope's epoch
   * @param deviceInRoster this one was
   * @param memberNow the member is in the group
   * @param revoked the member has taken the device off its list
   */
  public record Reader(
      boolean memberInRoster, boolean deviceInRoster, boolean memberNow, boolean revoked) {
    public Reader {
      if (deviceInRoster && !memberInRoster) {
        throw new IllegalArgumentException("a device in the roster is its member's");
      }
    }
  }

  /** Whether members have shared the envelope's session with the reader. */
  public enum History {
    /** No. */
    NONE,
    /** From a later message on. */
    FROM_LATER,
    /** From this message on, or from an earlier one. */
    SHARED
  }

  /** What became of the envelope's epoch. */
  public enum EpochStanding {
    /** Nothing that would matter here. */
    SOUND,
    /** A reset has given it up. */
    ORPHANED,
    /** The device reports that it does not verify. */
    REFUSED
  }

  /**
   * Why the device cannot read the message, supposed that it cannot: the reason that no other one
   * could outweigh.
   *
   * <p>Where the server knows of no obstacle, that is {@link UnreadableReason#KEY_ACKNOWLEDGED}:
   * what happens inside of a device, it cannot know.
   */
  public UnreadableReason explain() {
    return switch (place) {
      case UNWRITTEN -> UnreadableReason.NOT_WRITTEN;
      case CONTROL -> UnreadableReason.NOT_AN_ENVELOPE;
      case ERASED -> UnreadableReason.ERASED;
      case ENVELOPE -> reader.deviceInRoster() ? byStanding() : outsideRoster();
    };
  }

  private UnreadableReason outsideRoster() {
    boolean outsider = !reader.memberInRoster() && history == History.NONE;
    if (outsider) {
      return UnreadableReason.NOT_A_MEMBER;
    }
    return switch (history) {
      case NONE -> ended(UnreadableReason.DEVICE_NOT_IN_ROSTER);
      case FROM_LATER -> ended(UnreadableReason.BEFORE_HISTORY_GRANT);
      case SHARED -> byStanding();
    };
  }

  private UnreadableReason byStanding() {
    return switch (epoch) {
      case SOUND -> ended(byKey());
      case ORPHANED -> ended(UnreadableReason.EPOCH_ORPHANED);
      case REFUSED -> ended(UnreadableReason.EPOCH_REFUSED);
    };
  }

  /** Who is out gets nothing any more, whatever else may stand in the way. */
  private UnreadableReason ended(UnreadableReason otherwise) {
    if (!reader.memberNow()) {
      return UnreadableReason.MEMBERSHIP_ENDED;
    }
    return reader.revoked() ? UnreadableReason.DEVICE_REVOKED : otherwise;
  }

  private UnreadableReason byKey() {
    return switch (key) {
      case NOT_SEALED -> UnreadableReason.KEY_NOT_SEALED;
      case SEALED -> UnreadableReason.KEY_NOT_DELIVERED;
      case DELIVERED -> UnreadableReason.KEY_NOT_ACKNOWLEDGED;
      case CROWDED_OUT -> UnreadableReason.KEY_CROWDED_OUT;
      case ACKNOWLEDGED ->
        sealedToFallback
            ? UnreadableReason.ONE_TIME_KEYS_EXHAUSTED
            : UnreadableReason.KEY_ACKNOWLEDGED;
    };
  }
}
