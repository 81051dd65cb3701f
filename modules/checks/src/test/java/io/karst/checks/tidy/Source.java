package io.karst.checks.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One Java file: its text and what the compiler's parser makes of it. */
final class Source {

  private final Path path;
  private final List<String> lines;
  private final CompilationUnitTree tree;
  private final SourcePositions positions;

  private Source(Text text, CompilationUnitTree tree, SourcePositions positions) {
    this.path = text.path;
    this.lines = text.content.lines().toList();
    this.tree = tree;
    this.positions = positions;
  }

  /** Every handwritten Java file of every module, by its path from the project's root. */
  static List<Source> ofProject() {
    var root = Project.root();
    try (var files = Files.walk(root.resolve("modules"))) {
      return parsed(files
          .map(root::relativize)
          .filter(path -> path.toString().matches("modules/[^/]+/src/.*\\.java"))
          .sorted()
          .map(path -> new Text(path, Project.read(root.resolve(path))))
          .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Source of(String path, String text) {
    return parsed(List.of(new Text(Path.of(path), text))).get(0);
  }

  Path path() {
    return path;
  }

  String fileName() {
    return path.getFileName().toString();
  }

  Path folder() {
    return path.resolveSibling(".").normalize();
  }

  boolean isTest() {
    return path.toString().contains("/src/test/");
  }

  List<String> lines() {
    return lines;
  }

  CompilationUnitTree tree() {
    return tree;
  }

  String packageName() {
    return tree.getPackage() == null ? "" : tree.getPackage().getPackageName().toString();
  }

  /** The number, from 1, of the line on which this part begins. */
  long firstLine(Tree part) {
    return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, part));
  }

  long lastLine(Tree part) {
    return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, part));
  }

  /** For the start of a complaint, in a form that editors open. */
  String at(long line) {
    return path + ":" + line + ": ";
  }

  private static List<Source> parsed(List<Text> texts) {
    var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, problem -> {}, List.of("-proc:none"), null, texts);
    Map<URI, Text> byUri = texts.stream().collect(Collectors.toMap(Text::toUri, each -> each));
    var positions = Trees.instance(task).getSourcePositions();
    var sources = new ArrayList<Source>();
    try {
      for (CompilationUnitTree tree : task.parse()) {
        var text = Objects.requireNonNull(byUri.get(tree.getSourceFile().toUri()));
        sources.add(new Source(text, tree, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static final class Text extends SimpleJavaFileObject {

    private final Path path;
    private final String content;

    Text(Path path, String content) {
      super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
      this.path = path;
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
