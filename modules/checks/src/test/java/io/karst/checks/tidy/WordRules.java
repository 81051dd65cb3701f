package io.karst.checks.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Names that say nothing, work that was left, and what nobody described. */
final class WordRules {

  private static final Set<String> EMPTY_NAMES =
      Set.of("util", "utils", "common", "helper", "helpers", "impl", "dto", "manager", "misc");

  // In two halves, because this file is judged as well.
  static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern SWITCHED_OFF = Pattern.compile("^\\s*@(Disabled|Ignore)\\b.*");
  private static final Pattern SUPPRESSED = Pattern.compile("^\\s*@SuppressWarnings\\b.*");

  private static final String MAIN = "modules/m/src/main/java/p/";

  private WordRules() {}

  static Stream<TidyRule> all() {
    return Stream.of(
        packageNames(), packagesAreDescribed(), typesAreDescribed(), leftovers(), suppressions());
  }

  private static TidyRule packageNames() {
    return TidyRule.ofEach(
        "a package is named after its concept",
        source -> Stream.of(source.packageName().split("\\.", -1))
            .filter(EMPTY_NAMES::contains)
            .map(name -> source.at(1) + "a package named " + name),
        Source.of(MAIN + "A.java", "package io.karst.util; class A {}"),
        Source.of(MAIN + "A.java", "package io.karst.impl.a; class A {}"));
  }

  private static TidyRule packagesAreDescribed() {
    var type = Source.of(MAIN + "A.java", "package p; class A {}");
    return new TidyRule(
        "a package says in one sentence what it is, and is null-marked",
        WordRules::undescribed,
        List.of(
            List.of(type),
            List.of(type, Source.of(MAIN + "package-info.java", "/** It is. */ package p;")),
            List.of(type, Source.of(MAIN + "package-info.java", "@NullMarked package p;"))));
  }

  private static Stream<String> undescribed(List<Source> sources) {
    var described = sources.stream()
        .filter(source -> source.fileName().equals("package-info.java"))
        .filter(source -> source.lines().get(0).startsWith("/**"))
        .filter(source -> source.lines().stream().anyMatch(line -> line.contains("@NullMarked")))
        .map(Source::folder)
        .collect(Collectors.toSet());
    return sources.stream()
        .filter(source -> !source.isTest())
        .map(Source::folder)
        .distinct()
        .filter(folder -> !described.contains(folder))
        .map(folder -> folder + " has no package-info with Javadoc and @NullMarked");
  }

  private static TidyRule typesAreDescribed() {
    return TidyRule.ofEach(
        "a public type says what it is",
        source -> source.tree().getTypeDecls().stream()
            .filter(type -> !source.isTest() && isPublic(type) && !hasJavadoc(source, type))
            .map(type -> source.at(source.firstLine(type)) + "no Javadoc"),
        Source.of(MAIN + "A.java", "package p;\n\npublic class A {}"),
        Source.of(MAIN + "A.java", "/** P. */ package p;\n\n/* No. */\npublic record A() {}"));
  }

  private static boolean isPublic(Tree type) {
    return type instanceof ClassTree named
        && named.getModifiers().getFlags().contains(Modifier.PUBLIC);
  }

  /** The comment that ends right above the type's first annotation or modifier is Javadoc. */
  private static boolean hasJavadoc(Source source, Tree type) {
    var above = source.lines().subList(0, (int) source.firstLine(type) - 1);
    var text = String.join("\n", above).stripTrailing();
    return text.endsWith("*/") && text.startsWith("/**", text.lastIndexOf("/*"));
  }

  private static TidyRule leftovers() {
    return TidyRule.ofEach(
        "nothing is left to do, and no test is switched off",
        source -> {
          var lines = source.lines();
          return where(
              source,
              "left behind",
              i -> LEFTOVER.matcher(lines.get(i)).find()
                  || SWITCHED_OFF.matcher(lines.get(i)).matches());
        },
        Source.of(MAIN + "A.java", "// TO" + "DO: more"),
        Source.of(MAIN + "A.java", "/* FIX" + "ME */"),
        Source.of(MAIN + "A.java", "// XX" + "X"),
        Source.of(MAIN + "A.java", "class A {\n  @Disabled void test() {} }"),
        Source.of(MAIN + "A.java", "class A {\n  @Ignore(\"flaky\") void test() {} }"));
  }

  private static TidyRule suppressions() {
    return TidyRule.ofEach(
        "a suppressed warning has its reason beside it",
        source -> {
          var lines = source.lines();
          return where(
              source,
              "suppressed without a reason",
              i -> SUPPRESSED.matcher(lines.get(i)).matches()
                  && !lines.get(i).contains("//")
                  && (i == 0 || !lines.get(i - 1).strip().startsWith("//")));
        },
        Source.of(MAIN + "A.java", "@SuppressWarnings(\"all\")\nclass A {}"),
        Source.of(MAIN + "A.java", "class A {\n  @SuppressWarnings(\"all\") int a; }"));
  }

  private static Stream<String> where(Source source, String words, IntPredicate broken) {
    return IntStream.range(0, source.lines().size())
        .filter(broken)
        .mapToObj(i -> source.at(i + 1L) + words);
  }
}
