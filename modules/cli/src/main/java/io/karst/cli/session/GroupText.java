package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.SafeText;
import io.karst.domain.id.GroupId;
import java.util.List;

/** How people write group ids: their beginning is enough while it is unique. */
public final class GroupText {

  private static final int SHOWN = 8;

  private GroupText() {}

  /**
   * The one group among those that a text may mean; it is a user's mistake when there are none or
   * several.
   */
  public static GroupId one(String text, List<GroupId> meant) {
    if (meant.isEmpty()) {
      throw CommandFailure.usage("no group " + SafeText.quoted(text) + ": see karst group list");
    }
    if (meant.size() > 1) {
      throw CommandFailure.usage(
          SafeText.quoted(text) + " is the beginning of " + meant.size() + " groups");
    }
    return meant.get(0);
  }

  /** The beginning of an id, for people. */
  public static String abbreviated(GroupId id) {
    return id.value().substring(0, SHOWN);
  }
}
