package io.karst.checks.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What nobody may call, outside the packages that wire a program together. */
final class CallRules {

  /** The programs' wiring: it makes the real clock and the real dice. */
  private static final String[] WIRING = {
    "io.karst.server..",
    "io.karst.cli..",
    "io.karst.bench..",
    "io.karst.ratchetbench..",
    "io.karst.testkit.."
  };

  /** Programs that talk to a terminal or to their parent. */
  private static final String[] PRINTING = {
    "io.karst.server..",
    "io.karst.cli..",
    "io.karst.bench..",
    "io.karst.ratchetbench..",
    "io.karst.testkit..",
    "io.karst.cassandra.node.."
  };

  private static final Map<String, Set<String>> CLOCKS = Map.ofEntries(
      Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
      Map.entry("java.time.Instant", Set.of("now")),
      Map.entry("java.time.InstantSource", Set.of("system")),
      Map.entry(
          "java.time.Clock",
          Set.of(
              "system",
              "systemUTC",
              "systemDefaultZone",
              "tickMillis",
              "tickSeconds",
              "tickMinutes")),
      Map.entry("java.time.LocalDate", Set.of("now")),
      Map.entry("java.time.LocalTime", Set.of("now")),
      Map.entry("java.time.LocalDateTime", Set.of("now")),
      Map.entry("java.time.ZonedDateTime", Set.of("now")),
      Map.entry("java.time.OffsetDateTime", Set.of("now")),
      Map.entry("java.util.Date", Set.of("<init>")),
      Map.entry("java.util.Calendar", Set.of("getInstance")));

  private static final Map<String, Set<String>> DICE = Map.of(
      "java.security.SecureRandom", Set.of("<init>", "getInstance", "getInstanceStrong"),
      "java.util.Random", Set.of("<init>"),
      "java.util.SplittableRandom", Set.of("<init>"),
      "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
      "java.util.random.RandomGenerator", Set.of("getDefault", "of"),
      "java.util.Collections", Set.of("shuffle"),
      "java.util.UUID", Set.of("randomUUID"),
      "java.lang.Math", Set.of("random"));

  private static final Map<String, Set<String>> TEXT = Map.of(
      "java.lang.String", Set.of("<init>", "getBytes"),
      "java.io.InputStreamReader", Set.of("<init>"),
      "java.io.OutputStreamWriter", Set.of("<init>"),
      "java.io.FileReader", Set.of("<init>"),
      "java.io.FileWriter", Set.of("<init>"),
      "java.io.PrintWriter", Set.of("<init>"),
      "java.io.PrintStream", Set.of("<init>"),
      "java.util.Scanner", Set.of("<init>"),
      "java.util.Formatter", Set.of("<init>"),
      "java.io.ByteArrayOutputStream", Set.of("toString"));

  private CallRules() {}

  static Stream<HouseRule> all() {
    return Stream.of(clocks(), dice(), charsets(), printing(), waiting(), exits());
  }

  private static HouseRule clocks() {
    return HouseRule.of(
        "nobody reads the wall clock: time comes in as an InstantSource",
        noClasses()
            .that()
            .resideOutsideOfPackages(WIRING)
            .should()
            .accessTargetWhere(calls("a clock", CLOCKS, unit -> true)),
        planted(
            "long x = System.currentTimeMillis();",
            "long x = System.nanoTime();",
            "Object x = java.time.Instant.now();",
            "Object x = java.time.Instant.now(java.time.Clock.systemUTC());",
            "java.util.function.Supplier<Object> x = java.time.Instant::now;",
            "Object x = java.time.InstantSource.system();",
            "Object x = java.time.Clock.systemUTC();",
            "Object x = java.time.Clock.systemDefaultZone();",
            "Object x = java.time.Clock.system(java.time.ZoneOffset.UTC);",
            "Object x = java.time.Clock.tickMillis(java.time.ZoneOffset.UTC);",
            "Object x = java.time.Clock.tickSeconds(java.time.ZoneOffset.UTC);",
            "Object x = java.time.Clock.tickMinutes(java.time.ZoneOffset.UTC);",
            "Object x = java.time.LocalDate.now();",
            "Object x = java.time.LocalTime.now();",
            "Object x = java.time.LocalDateTime.now();",
            "Object x = java.time.ZonedDateTime.now();",
            "Object x = java.time.OffsetDateTime.now();",
            "Object x = new java.util.Date();",
            "Object x = java.util.Calendar.getInstance();"));
  }

  private static HouseRule dice() {
    return HouseRule.of(
        "nobody rolls dice: randomness comes in as RandomBytes",
        noClasses()
            .that()
            .resideOutsideOfPackages(WIRING)
            .should()
            .accessTargetWhere(calls("dice", DICE, unit -> true)),
        planted(
            "Object x = new java.security.SecureRandom();",
            "Object x() throws Exception { return java.security.SecureRandom.getInstance(\"\"); }",
            "Object x() throws Exception {"
                + " return java.security.SecureRandom.getInstanceStrong(); }",
            "java.util.function.Supplier<Object> x = java.security.SecureRandom::new;",
            "Object x = new java.util.Random();",
            "Object x = new java.util.Random(1);",
            "Object x = new java.util.SplittableRandom();",
            "Object x = java.util.concurrent.ThreadLocalRandom.current();",
            "Object x = java.util.random.RandomGenerator.getDefault();",
            "Object x = java.util.random.RandomGenerator.of(\"\");",
            "void x(java.util.List<?> list) { java.util.Collections.shuffle(list); }",
            "Object x = java.util.UUID.randomUUID();",
            "double x = Math.random();"));
  }

  private static HouseRule charsets() {
    return HouseRule.of(
        "text has a named charset",
        noClasses()
            .should()
            .accessTargetWhere(calls("the default charset", TEXT, CallRules::guessesCharset)),
        planted(
            "byte[] x(String s) { return s.getBytes(); }",
            "Object x(byte[] b) { return new String(b); }",
            "Object x(byte[] b) { return new String(b, 0, 1); }",
            "Object x(java.io.InputStream in) { return new java.io.InputStreamReader(in); }",
            "Object x(java.io.OutputStream o) { return new java.io.OutputStreamWriter(o); }",
            "Object x() throws Exception { return new java.io.FileReader(\"f\"); }",
            "Object x() throws Exception { return new java.io.FileWriter(\"f\", true); }",
            "Object x(java.io.OutputStream o) { return new java.io.PrintWriter(o); }",
            "Object x(java.io.OutputStream o) { return new java.io.PrintStream(o, true); }",
            "Object x(java.io.InputStream in) { return new java.util.Scanner(in); }",
            "Object x(java.io.OutputStream o) { return new java.util.Formatter(o); }",
            "Object x(java.io.ByteArrayOutputStream o) { return o.toString(); }"));
  }

  /** Bytes meet text in this call, and neither a charset nor its name is given. */
  private static boolean guessesCharset(JavaCodeUnit unit) {
    var parameters =
        unit.getRawParameterTypes().stream().map(JavaClass::getName).toList();
    var bytes = Set.of(
        "[B", "java.io.InputStream", "java.io.OutputStream", "java.io.File", "java.nio.file.Path");
    var isMethod = unit.isMethod(); // getBytes() and toString(): the bytes are the receiver's
    var isFile = unit.getOwner().getSimpleName().startsWith("File");
    return !parameters.contains(Charset.class.getName())
        && (isMethod
            ? parameters.isEmpty()
            : isFile || parameters.stream().anyMatch(bytes::contains));
  }

  private static HouseRule printing() {
    return HouseRule.of(
        "only programs print",
        noClasses()
            .that()
            .resideOutsideOfPackages(PRINTING)
            .should()
            .accessTargetWhere(calls(
                "print",
                Map.of(
                    "java.lang.System", Set.of("out", "err"),
                    "java.lang.Throwable", Set.of("printStackTrace")),
                unit -> true)),
        planted(
            "Object x = System.out;",
            "Object x = System.err;",
            "void x(Throwable t) { t.printStackTrace(); }",
            "void x(java.io.IOException t) { t.printStackTrace(); }"));
  }

  private static HouseRule waiting() {
    return HouseRule.of(
        "nobody sleeps: waits are for events, with a bound",
        noClasses()
            .should()
            .accessTargetWhere(calls(
                "sleep",
                Map.of(
                    "java.lang.Thread", Set.of("sleep"),
                    "java.util.concurrent.TimeUnit", Set.of("sleep")),
                unit -> true)),
        planted(
            "void x() throws Exception { Thread.sleep(1); }",
            "void x() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(1); }"));
  }

  private static HouseRule exits() {
    return HouseRule.of(
        "only programs end the process",
        noClasses()
            .that()
            .resideOutsideOfPackages(PRINTING)
            .should()
            .accessTargetWhere(calls(
                "the end of the process",
                Map.of(
                    "java.lang.System", Set.of("exit"),
                    "java.lang.Runtime", Set.of("exit", "halt")),
                unit -> true)),
        planted(
            "void x() { System.exit(1); }",
            "void x() { Runtime.getRuntime().exit(1); }",
            "void x() { Runtime.getRuntime().halt(1); }"));
  }

  private static Planted[] planted(String... bodies) {
    return Arrays.stream(bodies)
        .map(body -> Planted.in("io.karst.client.planted", body))
        .toArray(Planted[]::new);
  }

  private static DescribedPredicate<JavaAccess<?>> calls(
      String what, Map<String, Set<String>> names, Predicate<JavaCodeUnit> further) {
    return DescribedPredicate.describe(
        what,
        access -> names.entrySet().stream().anyMatch(entry -> isOne(access, entry))
            && (access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit unit
                ? further.test(unit)
                : true));
  }

  private static boolean isOne(JavaAccess<?> access, Map.Entry<String, Set<String>> names) {
    return names.getValue().contains(access.getName())
        && access.getTargetOwner().isAssignableTo(names.getKey());
  }
}
