package io.karst.client.session;

import io.karst.domain.group.Receipt;
import io.karst.domain.refusal.Reason;

/** What becomes of an envelope that was sent. */
public sealed interface Fate {

  <R> R match(Cases<R> cases);

  /** The log holds it. */
  record Delivered(Receipt receipt) implements Fate {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delivered(this);
    }
  }

  /** It is not in the log, and may be once the remedy was applied. */
  record Kept(Remedy remedy, Reason reason) implements Fate {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.kept(this);
    }
  }

  /** It will never be in the log. */
  record Refused(Reason reason) implements Fate {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method for each fate. */
  interface Cases<R> {
    R delivered(Delivered fate);

    R kept(Kept fate);

    R refused(Refused fate);
  }

  /**
   * What must be done before the envelopes that are kept are sent again, in ascending order of
   * weight.
   */
  enum Remedy {
    /** Nothing. */
    NONE,
    /** Send the session's binding with them. */
    BIND,
    /** Adopt the current epoch and encrypt anew. */
    ADOPT,
    /** Start a new epoch and encrypt anew. */
    ROTATE,
    /**
     * Wait a while and send the very same: some may be in the log already, and must not be
     * encrypted anew.
     */
    WAIT
  }

  /** The fate that a refusal means. */
  static Fate of(Reason reason) {
    return switch (reason) {
      case UNAVAILABLE, OVERLOADED, DEADLINE_EXCEEDED -> new Kept(Remedy.WAIT, reason);
      case SESSION_UNKNOWN -> new Kept(Remedy.BIND, reason);
      case STALE_EPOCH -> new Kept(Remedy.ADOPT, reason);
      // A session or index that is taken means that this store was set back: only a new epoch has
      // unused keys.
      case ROTATION_REQUIRED, SESSION_CONFLICT, INDEX_DUPLICATE, INDEX_TOO_OLD ->
        new Kept(Remedy.ROTATE, reason);
      case UNAUTHENTICATED,
          TOKEN_EXPIRED,
          CHALLENGE_INVALID,
          PROOF_INVALID,
          ENROLMENT_INVALID,
          PERMISSION_DENIED,
          DEVICE_REVOKED,
          MALFORMED_MESSAGE,
          INVALID_UTF8,
          FIELD_MISSING,
          FIELD_INVALID,
          MESSAGE_TOO_LARGE,
          TOO_MANY_ITEMS,
          ID_EMPTY,
          ID_TOO_LONG,
          ID_INVALID,
          MEMBER_EXISTS,
          MEMBER_NOT_FOUND,
          DEVICE_NOT_FOUND,
          DEVICE_LIST_INVALID,
          DEVICE_LIST_STALE,
          DEVICE_LISTS_FULL,
          DEVICE_ID_USED,
          KEY_INVALID,
          KEY_SIGNATURE_INVALID,
          ONE_TIME_KEY_CONFLICT,
          ONE_TIME_KEY_USED,
          ONE_TIME_KEYS_FULL,
          GROUP_NOT_FOUND,
          GROUP_EXISTS,
          GROUP_ID_MISMATCH,
          GROUP_FULL,
          GROUP_ARCHIVED,
          ROLE_REQUIRED,
          ALREADY_MEMBER,
          NO_SUCH_MEMBER,
          LAST_OWNER,
          CHANGE_INVALID,
          POLICY_INVALID,
          EPOCH_UNKNOWN,
          COMMIT_REPLAYED,
          MANIFEST_INVALID,
          MANIFEST_SIGNATURE_INVALID,
          KEY_SUITE_UNSUPPORTED,
          ROSTER_MISMATCH,
          SEALED_KEYS_MISMATCH,
          DEVICE_NOT_IN_ROSTER,
          ENVELOPE_MALFORMED,
          ENVELOPE_TOO_LARGE,
          SENDER_FORGED,
          SESSION_SIGNATURE_INVALID,
          HISTORY_FORBIDDEN,
          HISTORY_RANGE_INVALID,
          CLIENT_ID_CONFLICT,
          CURSOR_UNKNOWN,
          CURSOR_AHEAD,
          SUBSCRIPTION_LIMIT,
          SUBSCRIPTION_EXISTS,
          ACKNOWLEDGEMENT_AHEAD,
          INTERNAL -> new Refused(reason);
    };
  }
}
