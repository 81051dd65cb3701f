package io.karst.checks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The map of the architecture page: which package may know which. */
final class ArrowRules {

  /** Each module's root package and the ones of Karst that it may know beside its own. */
  private static final Map<String, List<String>> MAY_KNOW = new TreeMap<>(Map.ofEntries(
      Map.entry("domain", List.of()),
      Map.entry("proof", List.of("domain..")),
      Map.entry("journal", List.of("proof..", "domain..")),
      Map.entry("actors", List.of("journal..", "proof..", "domain..")),
      Map.entry("wire", List.of()),
      Map.entry("edge", List.of("actors..", "wire..", "journal..", "proof..", "domain..")),
      Map.entry(
          "server",
          List.of("edge..", "actors..", "wire..", "journal..", "proof..", "domain..", "cassandra")),
      Map.entry("crypto", List.of()),
      Map.entry("client", List.of("crypto..", "wire..", "proof..", "domain..")),
      Map.entry("audit", List.of("journal..", "proof..", "domain..")),
      // The public face of the SDK and the values it speaks of, not its inside.
      Map.entry("cli", List.of("client", "client.api..", "audit..", "domain..")),
      Map.entry("cassandra", List.of()),
      Map.entry("bench", List.of("server", "wire..", "proof..", "domain..")),
      // Apart from bench, whose server's class path must not hold the ratchets.
      Map.entry("ratchetbench", List.of("crypto.."))));

  private static final String[] SERVER_SIDE =
      packages("domain", "proof", "journal", "actors", "wire", "edge", "server", "audit");

  private ArrowRules() {}

  static Stream<HouseRule> all() {
    return Stream.of(
            MAY_KNOW.entrySet().stream().map(e -> arrows(e.getKey(), e.getValue())),
            libraries(),
            Stream.of(theServerCannotDecrypt(), noCycles()))
        .flatMap(rules -> rules);
  }

  private static HouseRule arrows(String module, List<String> others) {
    var known = Stream.concat(Stream.of(module + ".."), others.stream())
        .map(name -> "io.karst." + name)
        .toArray(String[]::new);
    var stranger = module.equals("server") ? "io.karst.crypto.planted" : "io.karst.server.planted";
    return HouseRule.of(
        module + " knows " + (others.isEmpty() ? "no other module" : String.join(", ", others)),
        noClasses()
            .that()
            .resideInAPackage("io.karst." + module + "..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.karst..")
                .and(resideOutsideOfPackages(known))
                .and(not(inTheFaceOfTheSdk(module)))),
        Planted.knowing("io.karst." + module + ".planted", stranger));
  }

  /** What the SDK's options ask of a program, though it lives in a module below. */
  private static DescribedPredicate<JavaClass> inTheFaceOfTheSdk(String module) {
    return module.equals("cli") ? named("io.karst.crypto.key.RandomBytes") : alwaysFalse();
  }

  private static DescribedPredicate<JavaClass> named(String type) {
    return DescribedPredicate.describe(type, each -> each.getName().equals(type));
  }

  private static HouseRule theServerCannotDecrypt() {
    return HouseRule.of(
        "nothing on the server side knows the ratchets or the SDK",
        noClasses()
            .that()
            .resideInAnyPackage(SERVER_SIDE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.karst.crypto..", "io.karst.client.."),
        Planted.knowing("io.karst.actors.planted", "io.karst.crypto.planted"),
        Planted.knowing("io.karst.audit.planted", "io.karst.crypto.planted"));
  }

  private static Stream<HouseRule> libraries() {
    return Stream.of(
        onlyJdkAnd("domain"),
        onlyJdkAnd("proof", "org.bouncycastle.."),
        onlyJdkAnd("crypto", "org.bouncycastle..", "com.fasterxml.jackson.core.."),
        libraryOnlyIn(
            "com.fasterxml.jackson.core.",
            "com.fasterxml.jackson.core.JsonFactory",
            "crypto.pickle",
            "actors"),
        onlyJdkAnd("cassandra"),
        libraryOnlyIn("org.bouncycastle.", "org.bouncycastle.util.Strings", "crypto", "proof"),
        libraryOnlyIn("org.apache.pekko.", "org.apache.pekko.Done", "actors", "edge", "server"),
        libraryOnlyIn(
            "com.datastax.oss.",
            "com.datastax.oss.driver.api.core.CqlSession",
            "actors",
            "server",
            "bench",
            "testkit"),
        libraryOnlyIn("io.grpc.", "io.grpc.Status", "wire", "edge", "server", "client", "bench"),
        libraryOnlyIn("org.sqlite.", "org.sqlite.SQLiteConfig", "client.store"),
        libraryOnlyIn("com.nimbusds.", "com.nimbusds.jose.JWSHeader", "edge", "server"),
        libraryOnlyIn("picocli.", "picocli.CommandLine", "cli", "server", "bench", "ratchetbench"),
        libraryOnlyIn("org.jline.", "org.jline.terminal.Terminal", "cli"));
  }

  private static HouseRule onlyJdkAnd(String module, String... libraries) {
    var known = Stream.concat(
            Stream.of("java..", "javax..", "org.jspecify..", "io.karst.."),
            Arrays.stream(libraries))
        .toArray(String[]::new);
    return HouseRule.of(
        module + " needs the JDK and "
            + (libraries.length == 0 ? "no library" : String.join(", ", libraries)),
        noClasses()
            .that()
            .resideInAPackage("io.karst." + module + "..")
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(known)),
        Planted.in("io.karst." + module + ".planted", "com.google.gson.Gson library;"));
  }

  private static HouseRule libraryOnlyIn(String library, String type, String... modules) {
    return HouseRule.of(
        library + " is known to " + String.join(", ", modules) + " alone",
        noClasses()
            .that()
            .resideOutsideOfPackages(packages(modules))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library + "."),
        Planted.in("io.karst.planted", type + " library;"));
  }

  private static HouseRule noCycles() {
    return HouseRule.of(
        "packages know each other in one direction",
        SlicesRuleDefinition.slices()
            .matching("io.karst.(**)")
            .should()
            .beFreeOfCycles()
            // A roster names devices by their keys, and an inbox holds keys sealed to a roster.
            .ignoreDependency(
                resideInAPackage("io.karst.domain.epoch"),
                named("io.karst.domain.device.DeviceIdentity"))
            // The root of a program knows its commands, and they what it found around them.
            .ignoreDependency(resideInAPackage("io.karst.cli.."), resideInAPackage("io.karst.cli")),
        Planted.of(
            "io.karst.planted.one", "BESIDE other;", "io.karst.planted.two", "PLANTED other;"));
  }

  private static String[] packages(String... modules) {
    return Arrays.stream(modules).map(name -> "io.karst." + name + "..").toArray(String[]::new);
  }
}
