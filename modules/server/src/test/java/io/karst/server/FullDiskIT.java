package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karst.testkit.ServerProgram;
import io.karst.testkit.ServerProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start on a disk that has too little room. */
class FullDiskIT {

  private static final int DISK_KIBIBYTES = 1024;

  @TempDir
  private Path folder;

  @Test
  void aDiskThatIsTooSmallAndOneThatIsFullAreNamed() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_KIBIBYTES + "k", "tmpfs", disk.toString()),
        "this user may not mount a small disk");
    try {
      Path data = disk.resolve("data");
      assertFull(up(data), "karst: disk of data folder " + data + "/cassandra has");

      fill(disk.resolve("rest"));
      assertFull(up(data), "karst: ");
      assertFull(up(disk.resolve("other")), "karst: ");
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static void assertFull(Ended ended, String beginning) {
    assertThat(ended.complaints()).as(ended.err()).singleElement().asString().startsWith(beginning);
    StartAssertions.assertRefused(
        ended, ExitCode.DATA_FOLDER, ended.complaints().get(0));
  }

  private static Ended up(Path data) {
    return ServerProgram.run("up", "--data", data.toString(), "--port", "0");
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      byte[] block = new byte[1024];
      for (int i = 0; i < DISK_KIBIBYTES; i++) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
