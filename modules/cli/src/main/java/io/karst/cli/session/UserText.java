package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.SafeText;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.InvalidId;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;

/** Reads the identifiers that a user typed; what is none is a user's mistake. */
public final class UserText {

  private UserText() {}

  public static MemberId member(String text) {
    return parsed(text, MemberId::new);
  }

  public static DeviceId device(String text) {
    return parsed(text, DeviceId::new);
  }

  /** A device of any member, as {@code MEMBER/DEVICE}. */
  public static DeviceAddress address(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw CommandFailure.usage("a device is MEMBER/DEVICE, not " + SafeText.quoted(text));
    }
    return new DeviceAddress(member(text.substring(0, slash)), device(text.substring(slash + 1)));
  }

  /** A time as in RFC 3339, in UTC. */
  public static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CommandFailure.usage("a time is as 2026-01-31T12:00:00Z, not " + SafeText.quoted(text));
    }
  }

  /** A constant as words for a person: {@code crowded out}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A role by its name in lower case. */
  public static Role role(String text) {
    try {
      return Role.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("a role is member, admin or owner, not " + SafeText.quoted(text));
    }
  }

  /** What may be shared of the past, by its name: {@code from-index}. */
  public static History history(String text) {
    try {
      return History.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "history is none, from-index or whole, not " + SafeText.quoted(text));
    }
  }

  private static <T> T parsed(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (InvalidId e) {
      throw CommandFailure.usage(SafeText.quoted(text) + ": " + e.getMessage());
    }
  }
}
