package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.SafeText;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.InvalidId;
import io.karst.domain.id.MemberId;
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

  /** A role by its name in lower case. */
  public static Role role(String text) {
    try {
      return Role.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("a role is member, admin or owner, not " + SafeText.quoted(text));
    }
  }

  /** A role as users write it. */
  public static String of(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
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
