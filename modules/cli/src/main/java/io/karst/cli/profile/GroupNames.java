package io.karst.cli.profile;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.karst.cli.CommandFailure;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The groups that a profile knows, by the names that its user gave them; a group without one stands
 * under its id.
 *
 * <p>Names stay on this device. The file is read without opening the store, so that an audit can
 * name a group while a chat has the store open. Not thread-safe.
 */
public final class GroupNames {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,63}");

  private final Profile profile;
  private final SortedMap<String, GroupId> groups;

  private GroupNames(Profile profile, SortedMap<String, GroupId> groups) {
    this.profile = profile;
    this.groups = groups;
  }

  /** Reads a profile's groups; none when it has no file of them yet. */
  public static GroupNames of(Profile profile) throws IOException {
    SortedMap<String, GroupId> groups = new TreeMap<>();
    Path file = profile.groupsFile();
    if (Files.exists(file)) {
      try {
        JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
            .getAsJsonObject()
            .asMap()
            .forEach((name, id) -> groups.put(name, new GroupId(id.getAsString())));
      } catch (CharacterCodingException
          | JsonParseException
          | IllegalStateException
          | IllegalArgumentException e) {
        throw CommandFailure.localState("damaged: " + file);
      }
    }
    return new GroupNames(profile, groups);
  }

  /** The user's name for a group; empty when it has none. */
  public Optional<String> nameOf(GroupId id) {
    return groups.entrySet().stream()
        .filter(each -> each.getValue().equals(id) && !each.getKey().equals(id.value()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Every group for which a user may have meant this text: by name, by id, by the id's beginning.
   */
  public List<GroupId> meant(String text) {
    GroupId named = groups.get(text);
    if (named != null) {
      return List.of(named);
    }
    return groups.values().stream()
        .filter(id -> id.value().startsWith(text))
        .distinct()
        .toList();
  }

  /** Every group, each once. */
  public List<GroupId> all() {
    return groups.values().stream().distinct().toList();
  }

  /** Refuses a name that is taken, not a name, or could be taken for an id. */
  public void requireFree(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CommandFailure.usage("a group's name has 1 to 64 letters, digits and . _ @ -"
          + " and starts with a letter or digit");
    }
    if (name.matches("[0-9a-f]{" + GroupId.LENGTH + "}")) {
      throw CommandFailure.usage("this name could be taken for a group's id");
    }
    if (groups.containsKey(name)) {
      throw CommandFailure.usage("a group of yours is called " + name + " already");
    }
  }

  /** Gives a group a name, in place of the one that it had. */
  public void name(GroupId id, String name) throws IOException {
    if (id.equals(groups.get(name))) {
      return;
    }
    requireFree(name);
    groups.values().removeIf(id::equals);
    groups.put(name, id);
    save();
  }

  /** Remembers groups that were not known yet. */
  public void remember(List<GroupId> ids) throws IOException {
    List<GroupId> unknown = ids.stream().filter(id -> !groups.containsValue(id)).toList();
    if (!unknown.isEmpty()) {
      unknown.forEach(id -> groups.put(id.value(), id));
      save();
    }
  }

  private void save() throws IOException {
    Map<String, String> json = new TreeMap<>();
    groups.forEach((name, id) -> json.put(name, id.value()));
    PrivateFiles.write(profile.groupsFile(), new Gson().toJson(json) + "\n");
  }
}
