package io.karst.cli.profile;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.karst.cli.CommandFailure;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One device of this machine's user: a name and a folder with its store.
 *
 * <p>The profile exists once {@code profile.json} does; before that the folder is a registration
 * that did not get through and can be taken up again.
 */
public record Profile(String name, Path folder) {

  private static final String SETTINGS = "profile.json";

  /**
   * Who the device is and, when it was registered with a server that was named, which.
   *
   * @param server {@code HOST:PORT}
   * @param authorities PEM file
   */
  public record Settings(
      MemberId member, DeviceId device, Optional<String> server, Optional<Path> authorities) {}

  /** The settings as JSON has them. */
  private record SettingsFile(
      @Nullable String member,
      @Nullable String device,
      @Nullable String server,
      @Nullable String authorities) {}

  public Path database() {
    return folder.resolve("device.db");
  }

  /** Its first line opens the key store, unless the user keeps the password elsewhere. */
  Path passwordFile() {
    return folder.resolve("password");
  }

  /** Names that the user gave to groups. */
  Path groupsFile() {
    return folder.resolve("groups.json");
  }

  public boolean exists() {
    return Files.exists(folder.resolve(SETTINGS));
  }

  public Settings settings() throws IOException {
    Path file = folder.resolve(SETTINGS);
    try {
      SettingsFile read =
          new Gson().fromJson(Files.readString(file, StandardCharsets.UTF_8), SettingsFile.class);
      if (read == null || read.member == null || read.device == null) {
        throw damaged(file);
      }
      return new Settings(
          new MemberId(read.member),
          new DeviceId(read.device),
          Optional.ofNullable(read.server),
          Optional.ofNullable(read.authorities).map(Path::of));
    } catch (CharacterCodingException | JsonParseException | IllegalArgumentException e) {
      throw damaged(file);
    }
  }

  /** Makes the profile exist: the last step of a registration. */
  public void save(Settings settings) throws IOException {
    var file = new SettingsFile(
        settings.member().value(),
        settings.device().value(),
        settings.server().orElse(null),
        settings.authorities().map(Path::toString).orElse(null));
    PrivateFiles.write(folder.resolve(SETTINGS), new Gson().toJson(file) + "\n");
  }

  /** Makes the folder, if it is not there. */
  public void createFolder() throws IOException {
    PrivateFiles.createFolder(folder);
  }

  /** Removes what a refused registration left, so that the name is free again. */
  public void discard() throws IOException {
    if (exists()) {
      throw new IllegalStateException("a registered profile is not discarded");
    }
    try (var files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static CommandFailure damaged(Path file) {
    return CommandFailure.localState("damaged: " + file);
  }
}
