package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, where the machine lacks what it needs. */
class LauncherTest {

  private static final int PREREQUISITE_MISSING = 69;

  @TempDir
  private Path folder;

  @Test
  void saysThatThereIsNoJdk() throws Exception {
    assertRefused(
        Map.of("PATH", ""),
        "karst: needs a JDK 17 and found none: install one or set" + " JAVA_HOME");
    assertRefused(
        Map.of("PATH", "", "JAVA_HOME", folder.toString()),
        "karst: needs a JDK 17 and found none in JAVA_HOME=" + folder);
  }

  @Test
  void saysThatTheJdkIsTooOld() throws Exception {
    Path home = jdk("11.0.2");
    assertRefused(
        Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", home.toString()),
        "karst: needs a JDK 17 and found 11 at " + home.resolve("bin/java")
            + ": install one or set JAVA_HOME");
  }

  private void assertRefused(Map<String, String> environment, String line) throws Exception {
    for (String command : new String[] {"up", "serve", "build", "demo"}) {
      var builder =
          new ProcessBuilder("/bin/bash", "../../karst", command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().put("KARST_STATE", folder.resolve("state").toString());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said.lines()).containsExactly(line);
      assertThat(process.waitFor()).isEqualTo(PREREQUISITE_MISSING);
    }
    assertThat(folder.resolve("state")).doesNotExist();
  }

  /** A folder that looks like a JDK and says that it is of this version. */
  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(
        bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    Path javac = Files.writeString(bin.resolve("javac"), "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true) && javac.toFile().setExecutable(true))
        .isTrue();
    return home;
  }
}
