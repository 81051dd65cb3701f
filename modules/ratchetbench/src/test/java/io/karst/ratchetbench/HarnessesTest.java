package io.karst.ratchetbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessesTest {

  private static final int COUNT = 3;

  @TempDir
  Path folder;

  private final List<String> said = new ArrayList<>();

  @Test
  void aLibraryThatIsNotHereIsNamedWithWhatItNeeds() throws Exception {
    var found = find();
    assertThat(found).containsKey(Library.KARST).doesNotContainKey(Library.VODOZEMAC);
    assertThat(said).anyMatch(line -> line.startsWith("Without vodozemac"));
    if (!found.containsKey(Library.LIBOLM)) {
      assertThat(said).anyMatch(line -> line.contains("libolm-dev"));
    }
  }

  @Test
  void libolmDoesWhatKarstDoes() throws Exception {
    var found = find();
    var command = found.get(Library.LIBOLM);
    assumeTrue(command != null, "needs libolm-dev and cc");
    for (Operation operation : Operation.values()) {
      try (Contestant libolm = Child.start(command, operation, COUNT)) {
        assertThat(libolm.run()).isNotNegative();
        assertThat(libolm.run()).isNotNegative();
        assertThat(libolm.cpuNanos()).isPositive();
      }
    }
  }

  @Test
  void aProcessThatDoesNotAnswerEndsTheMeasurement() {
    assertThatThrownBy(() -> Child.start(List.of("true"), Operation.OLM_TURN, COUNT))
        .isInstanceOf(IOException.class);
  }

  private Map<Library, List<String>> find() throws IOException, InterruptedException {
    return new Harnesses(folder, folder.resolve("no-packages"), said::add).find();
  }
}
