package io.karst.checks.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How large files, methods, parameter lists, lines and packages may grow. */
final class SizeRules {

  private static final int PRODUCTION_LINES_MAX = 400;
  private static final int TEST_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 50;
  private static final int TABLE_LINES_MAX = 100; // read row by row, not as a whole
  private static final int PARAMETERS_MAX = 5;
  private static final int COLUMNS_MAX = 100;
  private static final int TYPES_MAX = 20;

  private static final String MAIN = "modules/m/src/main/java/p/";
  private static final String TEST = "modules/m/src/test/java/p/";

  private SizeRules() {}

  static Stream<TidyRule> all() {
    return Stream.of(files(), methods(), parameters(), lines(), packages());
  }

  private static TidyRule files() {
    return TidyRule.ofEach(
        "a file holds one concept: 400 lines, a test 500",
        source -> {
          int max = source.isTest() ? TEST_LINES_MAX : PRODUCTION_LINES_MAX;
          int size = source.lines().size();
          return size > max ? Stream.of(source.at(max + 1L) + size + " lines") : Stream.of();
        },
        Source.of(MAIN + "A.java", "class A {}" + "\n".repeat(PRODUCTION_LINES_MAX) + "//"),
        Source.of(TEST + "A.java", "class A {}" + "\n".repeat(TEST_LINES_MAX) + "//"));
  }

  private static TidyRule methods() {
    var body = "{" + "\n".repeat(METHOD_LINES_MAX) + "}";
    return TidyRule.ofEach(
        "a method fits on a screen: 50 lines, or 100 if all it does is to return a table",
        source -> methodsOf(source).stream()
            .filter(method -> method.lines > (method.isTable ? TABLE_LINES_MAX : METHOD_LINES_MAX))
            .map(method -> source.at(method.line) + method.name + ": " + method.lines + " lines"),
        Source.of(MAIN + "A.java", "class A { void run() " + body + "}"),
        Source.of(MAIN + "A.java", "class A { A() " + body + "}"),
        Source.of(TEST + "A.java", "class A { A a = new A() { void run() " + body + "};}"),
        Source.of(
            MAIN + "A.java",
            "class A { int run() {" + "\n".repeat(TABLE_LINES_MAX) + "return 1; }}"),
        Source.of(MAIN + "A.java", "class A { int run() { call();" + body + "return 1; }}"));
  }

  private static TidyRule parameters() {
    var six = "(int a, int b, int c, int d, int e, int f)";
    return TidyRule.ofEach(
        "a method takes 5 parameters at most; only records take more",
        source -> methodsOf(source).stream()
            .filter(method -> method.parameters > PARAMETERS_MAX)
            .map(method -> source.at(method.line) + method.name + " takes " + method.parameters),
        Source.of(MAIN + "A.java", "class A { void run" + six + " {} }"),
        Source.of(MAIN + "A.java", "class A { A" + six + " {} }"),
        Source.of(MAIN + "A.java", "record A() { static void run" + six + " {} }"));
  }

  private static TidyRule lines() {
    return TidyRule.ofEach(
        "a line has 100 columns at most; only imports are longer",
        source -> {
          var lines = source.lines();
          return IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).length() > COLUMNS_MAX)
              .filter(i -> !lines.get(i).startsWith("import "))
              .mapToObj(i -> source.at(i + 1L) + lines.get(i).length() + " columns");
        },
        Source.of(MAIN + "A.java", "// " + "x".repeat(COLUMNS_MAX - 2)));
  }

  private static TidyRule packages() {
    var crowd = IntStream.rangeClosed(0, TYPES_MAX)
        .mapToObj(i -> Source.of(MAIN + "T" + i + ".java", "package p; class T" + i + " {}"))
        .toList();
    return new TidyRule("a package holds 20 types at most", SizeRules::crowds, List.of(crowd));
  }

  private static Stream<String> crowds(List<Source> sources) {
    Map<Path, Integer> types = sources.stream()
        .filter(source -> !source.isTest())
        .collect(Collectors.groupingBy(
            Source::folder,
            TreeMap::new,
            Collectors.summingInt(source -> source.tree().getTypeDecls().size())));
    return types.entrySet().stream()
        .filter(entry -> entry.getValue() > TYPES_MAX)
        .map(entry -> entry.getKey() + " holds " + entry.getValue() + " types");
  }

  private record Method(String name, long line, long lines, boolean isTable, int parameters) {}

  private static List<Method> methodsOf(Source source) {
    var methods = new ArrayList<Method>();
    new TreeScanner<Void, Boolean>() {
      @Override
      public Void visitClass(ClassTree type, Boolean inRecord) {
        return super.visitClass(type, type.getKind() == Tree.Kind.RECORD);
      }

      @Override
      public Void visitMethod(MethodTree method, Boolean inRecord) {
        boolean buildsRecord = inRecord && method.getReturnType() == null;
        long first = source.firstLine(method);
        methods.add(new Method(
            method.getName().toString(),
            first,
            source.lastLine(method) - first + 1,
            returnsTable(method),
            buildsRecord ? 0 : method.getParameters().size()));
        return super.visitMethod(method, inRecord);
      }
    }.scan(source.tree(), false);
    return methods;
  }

  /** Names some values and then returns one expression. */
  private static boolean returnsTable(MethodTree method) {
    if (method.getBody() == null) {
      return false;
    }
    var statements = method.getBody().getStatements();
    var last = statements.size() - 1;
    return last >= 0
        && statements.get(last) instanceof ReturnTree
        && statements.subList(0, last).stream().allMatch(VariableTree.class::isInstance);
  }
}
