package io.karst.checks.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Tests that run, run alike each time, and do not wait for luck. */
final class TestRules {

  private static final Set<String> TESTS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");

  private static final String TEST = "modules/m/src/test/java/p/";

  private TestRules() {}

  static Stream<TidyRule> all() {
    return Stream.of(names(), luck());
  }

  private static TidyRule names() {
    return TidyRule.ofEach(
        "a class with tests is named ...Test or, when it takes real nodes, ...IT",
        source -> source.tree().getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(ClassTree.class::cast)
            .filter(type -> !type.getModifiers().getFlags().contains(Modifier.ABSTRACT))
            .filter(type -> type.getKind() == ClassTree.Kind.CLASS && hasTests(type))
            .map(type -> type.getSimpleName().toString())
            // The runner takes Test... as well, which would run a TestFooIT twice.
            .filter(name -> !name.matches(".+(Test|IT)") || name.startsWith("Test"))
            .map(name -> source.at(1) + name + " would not run, or run twice"),
        Source.of(TEST + "Checks.java", "class Checks { @Test void a() {} }"),
        Source.of(TEST + "Checks.java", "class Checks { @ParameterizedTest void a() {} }"),
        Source.of(TEST + "TestOneIT.java", "class TestOneIT { @Test void a() {} }"));
  }

  private static boolean hasTests(ClassTree type) {
    var names = new ArrayList<String>();
    new TreeScanner<Void, List<String>>() {
      @Override
      public Void visitAnnotation(AnnotationTree annotation, List<String> found) {
        found.add(annotation.getAnnotationType().toString());
        return super.visitAnnotation(annotation, found);
      }
    }.scan(type, names);
    return names.stream().anyMatch(TESTS::contains);
  }

  private static TidyRule luck() {
    return TidyRule.ofEach(
        "a test draws from a seed that it prints, and never sleeps",
        source -> source.isTest() ? lucky(source).stream() : Stream.of(),
        Source.of(TEST + "ATest.java", "class ATest { Object r = new Random(); }"),
        Source.of(TEST + "ATest.java", "class ATest { Object r = new java.util.Random(); }"),
        Source.of(TEST + "ATest.java", "class ATest { Object r = new SecureRandom(); }"),
        Source.of(TEST + "ATest.java", "class ATest { double r = Math.random(); }"),
        Source.of(TEST + "ATest.java", "class ATest { Object r = UUID.randomUUID(); }"),
        Source.of(TEST + "ATest.java", "class ATest { Object r = ThreadLocalRandom.current(); }"),
        Source.of(TEST + "ATest.java", "class ATest { void a() { Thread.sleep(1); } }"),
        Source.of(TEST + "ATest.java", "class ATest { void a() { TimeUnit.DAYS.sleep(1); } }"));
  }

  private static List<String> lucky(Source source) {
    var places = new ArrayList<String>();
    new TreeScanner<Void, List<String>>() {
      @Override
      public Void visitNewClass(NewClassTree made, List<String> found) {
        var type = made.getIdentifier().toString();
        if (made.getArguments().isEmpty() && type.matches("(.*\\.)?(Secure|Splittable)?Random")) {
          found.add(source.at(source.firstLine(made)) + "a random source without a seed");
        }
        return super.visitNewClass(made, found);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, List<String> found) {
        var name = call.getMethodSelect().toString();
        if (name.matches("(.*\\.)?(Math.random|UUID.randomUUID|ThreadLocalRandom.current)")) {
          found.add(source.at(source.firstLine(call)) + name + " has no seed");
        }
        if (name.matches("(.*\\.)?(Thread|TimeUnit\\.[A-Z]+)\\.sleep")) {
          found.add(source.at(source.firstLine(call)) + name + " waits for luck");
        }
        return super.visitMethodInvocation(call, found);
      }
    }.scan(source.tree(), places);
    return places;
  }
}
