package io.karst.cli;

import io.karst.domain.refusal.Reason;
import java.util.Map;
import java.util.Optional;

/** Says what a server's refusal means to the person at the keyboard. */
final class RefusalText {

  /** The refusals that a person can meet and do something about; the others are named only. */
  private static final Map<Reason, String> MEANINGS = Map.ofEntries(
      Map.entry(Reason.ENROLMENT_INVALID, "the enrolment token is not accepted, or has expired"),
      Map.entry(Reason.PROOF_INVALID, "this server does not know the device"),
      Map.entry(Reason.DEVICE_REVOKED, "another of your devices has revoked this one"),
      Map.entry(Reason.DEVICE_ID_USED, "a device of the account has, or had, this id"),
      Map.entry(Reason.PERMISSION_DENIED, "this account may not do that"),
      Map.entry(Reason.MEMBER_EXISTS, "this name is taken"),
      Map.entry(Reason.MEMBER_NOT_FOUND, "there is no such account"),
      Map.entry(Reason.GROUP_NOT_FOUND, "there is no such group, or you are not in it"),
      Map.entry(Reason.GROUP_FULL, "the group is as large as a group may be"),
      Map.entry(Reason.GROUP_ARCHIVED, "the group takes nothing more"),
      Map.entry(Reason.ROLE_REQUIRED, "your role in the group does not allow it"),
      Map.entry(Reason.ALREADY_MEMBER, "this account is in the group already"),
      Map.entry(Reason.NO_SUCH_MEMBER, "this account is not in the group"),
      Map.entry(Reason.LAST_OWNER, "make somebody else owner first"),
      Map.entry(Reason.DEVICE_NOT_IN_ROSTER, "wait until a member's device has added this one"),
      Map.entry(Reason.ENVELOPE_TOO_LARGE, "the message is too long"),
      Map.entry(Reason.OVERLOADED, "the server has too much to do: try again later"),
      Map.entry(Reason.INTERNAL, "a bug in the server: its log says more"));

  private RefusalText() {}

  /** The stable reason code, then what it means. */
  static String of(Reason reason) {
    return Optional.ofNullable(MEANINGS.get(reason))
        .map(meaning -> reason + " (" + meaning + ")")
        .orElseGet(reason::toString);
  }
}
