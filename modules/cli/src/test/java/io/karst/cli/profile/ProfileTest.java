package io.karst.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cli.CommandFailure;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  private static final Profile.Settings SETTINGS = new Profile.Settings(
      new MemberId("ann"), new DeviceId("cli"), Optional.of("chat:1"), Optional.empty());

  @TempDir
  private Path folder = Path.of("set by JUnit");

  @Test
  void settingsSurviveTheFile() throws IOException {
    Profile profile = created("ann");
    profile.save(SETTINGS);
    assertThat(profile.settings()).isEqualTo(SETTINGS);
  }

  @Test
  void onlySavedProfilesExistAndTheyAreListedInOrder() throws IOException {
    created("bob").save(SETTINGS);
    created("ann").save(SETTINGS);
    created("half-way");
    assertThat(home().profiles()).extracting(Profile::name).containsExactly("ann", "bob");
  }

  @Test
  void settingsThatAreNoTextAreSaidToBeDamaged() throws IOException {
    Profile profile = created("ann");
    Files.write(profile.folder().resolve("profile.json"), new byte[] {(byte) 0xff});
    assertThatThrownBy(profile::settings).hasMessageStartingWith("damaged: ");
  }

  @Test
  void nobodyElseMayReadAProfile() throws IOException {
    Profile profile = created("ann");
    profile.save(SETTINGS);
    assertThat(permissions(profile.folder())).isEqualTo("rwx------");
    assertThat(permissions(profile.folder().resolve("profile.json"))).isEqualTo("rw-------");
  }

  @Test
  void aRefusedRegistrationLeavesNothing() throws IOException {
    Profile profile = created("ann");
    Files.writeString(profile.database(), "keys");
    profile.discard();
    assertThat(profile.folder()).doesNotExist();
  }

  @Test
  void aRegisteredProfileIsNeverDiscarded() throws IOException {
    Profile profile = created("ann");
    profile.save(SETTINGS);
    assertThatThrownBy(profile::discard).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "{\"member\":\"ann\"}", "{\"member\":\"a b\",\"device\":\"x\"}"})
  void aDamagedProfileIsSaidToBeDamaged(String json) throws IOException {
    Profile profile = created("ann");
    Files.writeString(profile.folder().resolve("profile.json"), json);
    assertThatThrownBy(profile::settings)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("damaged: ");
  }

  private Profile created(String name) throws IOException {
    Profile profile = home().profile(name);
    profile.createFolder();
    return profile;
  }

  private Home home() {
    return new Home(folder);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
