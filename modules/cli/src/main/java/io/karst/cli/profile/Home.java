package io.karst.cli.profile;

import io.karst.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The folder of all profiles of this machine's user, and of the auditor's device beside them. */
public record Home(Path folder) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  /** The profile of that name, whether or not it exists. */
  public Profile profile(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CommandFailure.usage(
          "a profile's name has 1 to 64 characters out of A-Z a-z 0-9 . _ @ -"
              + " and starts with a letter or digit");
    }
    return new Profile(name, profilesFolder().resolve(name));
  }

  /** The profile of that name; it is a user's mistake when it does not exist. */
  public Profile existing(String name) {
    Profile profile = profile(name);
    if (!profile.exists()) {
      throw CommandFailure.usage(
          "no profile '" + name + "' in " + folder + ": make one with karst register " + name);
    }
    return profile;
  }

  /** Every profile that exists, in ascending order of name. */
  public List<Profile> profiles() throws IOException {
    if (!Files.isDirectory(profilesFolder())) {
      return List.of();
    }
    try (var folders = Files.list(profilesFolder())) {
      return folders
          .sorted()
          .map(each -> new Profile(each.getFileName().toString(), each))
          .filter(Profile::exists)
          .toList();
    }
  }

  /** The only profile there is; it is a user's mistake when there are none or several. */
  public Profile only() throws IOException {
    List<Profile> all = profiles();
    if (all.isEmpty()) {
      throw CommandFailure.usage("no profile in " + folder + ": make one with karst register NAME");
    }
    if (all.size() > 1) {
      throw CommandFailure.usage("which profile? Say --as "
          + String.join(" or --as ", all.stream().map(Profile::name).toList()));
    }
    return all.get(0);
  }

  /** The auditor's device, which is no member's profile. */
  public Profile auditor() {
    return new Profile("auditor", folder.resolve("auditor"));
  }

  private Path profilesFolder() {
    return folder.resolve("profiles");
  }
}
