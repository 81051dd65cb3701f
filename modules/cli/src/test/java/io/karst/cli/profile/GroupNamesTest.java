package io.karst.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cli.CommandFailure;
import io.karst.domain.id.GroupId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNamesTest {

  private static final GroupId FIRST = new GroupId("3f2a".repeat(8));
  private static final GroupId SECOND = new GroupId("3f2b".repeat(8));

  @TempDir
  private Path folder = Path.of("set by JUnit");

  @Test
  void aNameIsKeptAcrossRuns() throws IOException {
    names().name(FIRST, "caves");
    assertThat(names().meant("caves")).containsExactly(FIRST);
    assertThat(names().nameOf(FIRST)).contains("caves");
  }

  @Test
  void aGroupWithoutANameIsKnownByItsIdAndItsBeginning() throws IOException {
    names().remember(List.of(FIRST, SECOND));
    assertThat(names().meant(FIRST.value())).containsExactly(FIRST);
    assertThat(names().meant("3f2b")).containsExactly(SECOND);
    assertThat(names().meant("3f2")).containsExactly(FIRST, SECOND);
    assertThat(names().nameOf(FIRST)).isEmpty();
  }

  @Test
  void aNewNameReplacesTheOldOne() throws IOException {
    names().remember(List.of(FIRST));
    names().name(FIRST, "caves");
    names().name(FIRST, "halls");
    assertThat(names().meant("caves")).isEmpty();
    assertThat(names().all()).containsExactly(FIRST);
  }

  @Test
  void aNameWinsOverTheBeginningOfAnId() throws IOException {
    names().remember(List.of(FIRST));
    names().name(SECOND, "3f2a");
    assertThat(names().meant("3f2a")).containsExactly(SECOND);
  }

  @Test
  void aNameIsGivenOnce() throws IOException {
    names().name(FIRST, "caves");
    assertThatThrownBy(() -> names().name(SECOND, "caves"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("a group of yours is called caves already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "two words", "-", ".hidden", "a/b", "0123456789abcdef0123456789abcdef"})
  void whatCannotBeANameIsAMistake(String name) {
    assertThatThrownBy(() -> names().requireFree(name)).isInstanceOf(CommandFailure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "{\"caves\":\"no id\"}"})
  void aDamagedFileIsSaidToBeDamaged(String json) throws IOException {
    Files.writeString(folder.resolve("groups.json"), json);
    assertThatThrownBy(this::names)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("damaged: ");
  }

  @Test
  void aFileThatIsNoTextIsSaidToBeDamaged() throws IOException {
    Files.write(folder.resolve("groups.json"), new byte[] {(byte) 0xff});
    assertThatThrownBy(this::names).hasMessageStartingWith("damaged: ");
  }

  private GroupNames names() throws IOException {
    return GroupNames.of(new Profile("ann", folder));
  }
}
