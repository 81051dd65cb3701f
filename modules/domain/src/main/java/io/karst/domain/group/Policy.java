package io.karst.domain.group;

import io.karst.domain.history.History;
import java.time.Duration;
import java.time.Instant;

/**
 * What a group's rules are tuned to. Durations have whole milliseconds, as they are stored.
 *
 * @param grace how long envelopes of the epoch before are still accepted, 0 to 10 minutes
 * @param ageMax from this age on, an epoch takes nothing more: 1 minute to 366 days
 * @param messagesPerMember a rotation is due after this many messages in an epoch, times the
 *     members: 1 to 1,000,000
 * @param history what may be shared with who joins later
 * @param forwardOnly whether devices forget how to read what they have read, so that there is
 *     nothing to share
 */
public record Policy(
    Duration grace, Duration ageMax, int messagesPerMember, History history, boolean forwardOnly) {

  /**
   * Longer, and a removed epoch lives on; shorter than a round trip, and senders repeat themselves.
   */
  public static final Duration GRACE_MAX = Duration.ofMinutes(10);

  /** Shorter, and a group of a thousand devices does nothing but rotate. */
  public static final Duration AGE_MIN = Duration.ofMinutes(1);

  /** Longer is no limit. */
  public static final Duration AGE_MAX = Duration.ofDays(366);

  public static final int MESSAGES_MAX = 1_000_000;

  public static final Policy DEFAULT = new Policy(Duration.ofSeconds(30));

  private static final Duration AGE_NOTICE_MAX = Duration.ofHours(1);

  /** An epoch is due to be replaced for this part of its life. */
  private static final int AGE_NOTICE_PART = 10;

  /** From the message that makes a rotation due until the group insists on it. */
  private static final Duration VOLUME_NOTICE = Duration.ofMinutes(1);

  /** From the moment that a group knows a new device until it insists on letting it in. */
  private static final Duration DEVICE_NOTICE = Duration.ofMinutes(1);

  public Policy {
    if (!isBetween(Duration.ZERO, grace, GRACE_MAX)) {
      throw new IllegalArgumentException("grace is 0 to 10 minutes, in whole milliseconds");
    }
    if (!isBetween(AGE_MIN, ageMax, AGE_MAX)) {
      throw new IllegalArgumentException(
          "an epoch's age is 1 minute to 366 days, in whole milliseconds");
    }
    if (messagesPerMember < 1 || messagesPerMember > MESSAGES_MAX) {
      throw new IllegalArgumentException("1 to 1,000,000 messages a member");
    }
    if (forwardOnly && history != History.NONE) {
      throw new IllegalArgumentException("devices that forget have no history to share");
    }
  }

  /** Without history. */
  public Policy(Duration grace, Duration ageMax, int messagesPerMember) {
    this(grace, ageMax, messagesPerMember, History.NONE, false);
  }

  /** With an age of 7 days and 100 messages a member. */
  public Policy(Duration grace) {
    this(grace, Duration.ofDays(7), 100);
  }

  /** Of a group whose epochs may become as old and as full as they can. */
  public static Policy withoutLimits(Duration grace) {
    return new Policy(grace, AGE_MAX, MESSAGES_MAX);
  }

  public boolean hasLimits() {
    return !ageMax.equals(AGE_MAX) || messagesPerMember != MESSAGES_MAX;
  }

  /** Whether it says anything of the past: older groups do not. */
  public boolean hasHistory() {
    return history != History.NONE || forwardOnly;
  }

  /** The same, with another history. */
  public Policy with(History to) {
    return new Policy(grace, ageMax, messagesPerMember, to, forwardOnly);
  }

  /** The same for devices that forget, which share nothing. */
  public Policy thatForgets() {
    return new Policy(grace, ageMax, messagesPerMember, History.NONE, true);
  }

  /** When an epoch that started at {@code start} takes nothing more. */
  Instant ageDeadline(Instant start) {
    return start.plus(ageMax);
  }

  /** From when on such an epoch is due to be replaced. */
  Instant ageDue(Instant start) {
    Duration part = ageMax.dividedBy(AGE_NOTICE_PART);
    Duration notice = part.compareTo(AGE_NOTICE_MAX) < 0 ? part : AGE_NOTICE_MAX;
    return ageDeadline(start).minus(notice);
  }

  /** Until when a rotation that too many messages made due at a moment has to come. */
  Instant volumeDeadline(Instant at) {
    return at.plus(VOLUME_NOTICE);
  }

  /** Until when a rotation that lets in a device has to come. */
  Instant deviceDeadline(Instant at) {
    return at.plus(DEVICE_NOTICE);
  }

  /** Messages of an epoch in a group of so many members after which a rotation is due. */
  long messagesMax(int members) {
    return (long) messagesPerMember * members;
  }

  private static boolean isBetween(Duration min, Duration value, Duration max) {
    return value.compareTo(min) >= 0
        && value.compareTo(max) <= 0
        && Duration.ofMillis(value.toMillis()).equals(value);
  }
}
