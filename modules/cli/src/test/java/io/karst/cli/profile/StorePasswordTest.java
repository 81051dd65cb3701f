package io.karst.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cli.CommandFailure;
import io.karst.cli.GlobalOptions;
import io.karst.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StorePasswordTest {

  @TempDir
  private Path folder = Path.of("set by JUnit");

  @Test
  void aNewProfileDrawsOneAndKeepsItWhereOnlyItsOwnerReads() throws IOException {
    char[] drawn = passwords(Map.of()).ofNew(profile());
    assertThat(drawn).hasSize(64);
    assertThat(passwords(Map.of()).of(profile())).isEqualTo(drawn);
    assertThat(PosixFilePermissions.toString(
            Files.getPosixFilePermissions(profile().passwordFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void aRetriedRegistrationKeepsTheFirstOne() throws IOException {
    char[] first = passwords(Map.of()).ofNew(profile());
    assertThat(passwords(Map.of()).ofNew(profile())).isEqualTo(first);
  }

  @Test
  void theEnvironmentIsNotWrittenDown() throws IOException {
    assertThat(passwords(Map.of("KARST_PASSWORD", "secret")).ofNew(profile()))
        .isEqualTo("secret".toCharArray());
    assertThat(profile().passwordFile()).doesNotExist();
  }

  @Test
  void theOptionWinsOverTheEnvironment() throws IOException {
    Path file = Files.writeString(folder.resolve("pw"), "from file\nsecond line\n");
    assertThat(passwords(Map.of("KARST_PASSWORD", "x"), "--password-file", file.toString())
            .of(profile()))
        .isEqualTo("from file".toCharArray());
  }

  @Test
  void aProfileWithoutOneIsToldWhereToPutIt() {
    assertThatThrownBy(() -> passwords(Map.of()).of(profile()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("KARST_PASSWORD");
  }

  @Test
  void aNamedFileMustHoldOne() {
    assertThatThrownBy(() -> passwords(Map.of(), "--password-file", "/no/such").of(profile()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("no password in /no/such");
  }

  private Profile profile() {
    return new Profile("ann", folder);
  }

  private static StorePassword passwords(Map<String, String> environment, String... arguments) {
    var options = new GlobalOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("all", mixin(options)))
        .parseArgs(arguments);
    return new StorePassword(surroundings(environment), options);
  }

  private static CommandLine.Model.CommandSpec mixin(GlobalOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  private static Surroundings surroundings(Map<String, String> environment) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Surroundings(
        new ByteArrayInputStream(new byte[0]),
        nowhere,
        nowhere,
        false,
        environment,
        InstantSource.system(),
        ZoneOffset.UTC,
        target -> Arrays.fill(target, (byte) 7));
  }
}
