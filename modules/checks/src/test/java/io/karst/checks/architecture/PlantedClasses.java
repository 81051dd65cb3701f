package io.karst.checks.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles planted violations, which the build itself would refuse to compile. */
final class PlantedClasses {

  private final Map<Planted, String> names = new LinkedHashMap<>();
  private final JavaClasses classes;

  PlantedClasses(List<Planted> planted, Path output) throws IOException {
    var sources = new ArrayList<JavaFileObject>();
    for (Planted each : planted) {
      var name = "Planted" + names.size();
      names.put(each, name);
      sources.add(new Source(name, each.source(name)));
      sources.add(new Source(name + "Beside", each.sourceBeside(name)));
    }
    compile(sources, output);
    this.classes = new ClassFileImporter().importPath(output);
  }

  /** The classes of one violation: the planted one, the one beside it, and what they nest. */
  JavaClasses of(Planted planted) {
    var name = names.get(planted);
    if (name == null) {
      throw new IllegalArgumentException("never planted: " + planted);
    }
    return classes.that(HasName.Predicates.nameMatching(".*\\." + name + "(Beside)?(\\$.*)?")
        .<JavaClass>forSubtype());
  }

  private static void compile(List<JavaFileObject> sources, Path output) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new StringWriter();
    var options = List.of("-d", output.toString(), "-proc:none", "-nowarn", "-cp", classPath());
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var task = compiler.getTask(problems, files, null, options, null, sources);
      if (!task.call()) {
        throw new IllegalStateException("planted code does not compile:\n" + problems);
      }
    }
  }

  /** The test runner hides a long class path behind a jar and keeps the original here. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
