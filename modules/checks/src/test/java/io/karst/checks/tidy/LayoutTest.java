package io.karst.checks.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies at the top level, and that nothing beside the code is left to do. */
class LayoutTest {

  private static final Set<String> FILES = Set.of(
      "pom.xml",
      "karst",
      "mvnw",
      "mvnw.cmd",
      "README.md",
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "SECURITY.md",
      "LICENSE",
      "NOTICE");

  private static final Set<String> FOLDERS = Set.of("modules", "proto", "config", "deploy", "docs");

  /** The modules' files are judged by rules of their own. */
  private static final Set<String> FOLDERS_READ = Set.of("proto", "config", "deploy", "docs");

  @Test
  void theTopLevelHoldsWhatAReaderExpects() {
    assertThat(strangers(Project.root())).isEmpty();
  }

  @Test
  void aStrangerAtTheTopLevelIsNoticed(@TempDir Path root) throws IOException {
    for (String name : List.of("pom.xml", ".editorconfig", "target", "notes.txt")) {
      Files.createFile(root.resolve(name));
    }
    assertThat(strangers(root)).containsExactly("notes.txt");
  }

  @Test
  void everyModuleIsBuilt() {
    assertThat(unbuilt(Project.root())).isEmpty();
  }

  @Test
  void aModuleThatNobodyBuildsIsNoticed(@TempDir Path root) throws IOException {
    for (String module : List.of("a", "a/inner", "b", "no-module")) {
      Files.createDirectories(root.resolve("modules").resolve(module));
    }
    for (String module : List.of("a", "a/inner", "b")) {
      Files.createFile(root.resolve("modules").resolve(module).resolve("pom.xml"));
    }
    Files.writeString(root.resolve("pom.xml"), "<module>modules/a</module>");
    assertThat(unbuilt(root)).containsExactly("modules/a/inner", "modules/b");
  }

  @Test
  void nothingBesideTheCodeIsLeftToDo() {
    assertThat(leftovers(Project.root())).isEmpty();
  }

  @Test
  void workLeftBesideTheCodeIsNoticed(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("proto/v1"));
    Files.writeString(root.resolve("proto/v1/a.proto"), "// TO" + "DO: number the fields");
    Files.writeString(root.resolve("README.md"), "Done.");
    assertThat(leftovers(root)).containsExactly(Path.of("proto/v1/a.proto"));
  }

  private static Stream<String> strangers(Path root) {
    return Project.entries(root).stream()
        .map(entry -> entry.getFileName().toString())
        .filter(name -> !name.startsWith("."))
        .filter(name -> !FILES.contains(name) && !FOLDERS.contains(name));
  }

  private static Stream<String> unbuilt(Path root) {
    String parent = Project.read(root.resolve("pom.xml"));
    return Project.entries(root.resolve("modules")).stream()
        .flatMap(module -> Stream.concat(Stream.of(module), Project.entries(module).stream()))
        .filter(folder -> Files.exists(folder.resolve("pom.xml")))
        .map(folder -> root.relativize(folder).toString())
        .filter(module -> !parent.contains("<module>" + module + "</module>"));
  }

  private static Stream<Path> leftovers(Path root) {
    return Project.entries(root).stream()
        .filter(entry -> Files.isRegularFile(entry)
            || FOLDERS_READ.contains(entry.getFileName().toString()))
        .flatMap(LayoutTest::filesIn)
        .filter(file -> WordRules.LEFTOVER.matcher(Project.read(file)).find())
        .map(root::relativize);
  }

  private static Stream<Path> filesIn(Path entry) {
    return Files.isDirectory(entry)
        ? Project.entries(entry).stream().flatMap(LayoutTest::filesIn)
        : Stream.of(entry);
  }
}
