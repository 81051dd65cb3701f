package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/examples says compiles against the SDK as it is. */
class JavaExampleTest {

  private static final Path EXAMPLE =
      Checkout.folder().resolve("docs/examples/java/HelloKarst.java");

  @TempDir
  private Path classes = Path.of("set by JUnit");

  @Test
  void theJavaExampleCompiles() throws Exception {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of(
          "-d",
          classes.toString(),
          "--release",
          "17",
          "-Xlint:all",
          "-Werror",
          "-cp",
          System.getProperty("java.class.path"));
      boolean compiled = compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjects(EXAMPLE))
          .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
  }
}
