package io.karst.checks.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.security.auth.Destroyable;

/** How types are shaped: what records hold, what secrets show, what is never serialized. */
final class TypeRules {

  private static final Set<String> LOGGERS =
      Set.of("org.slf4j.Logger", "java.util.logging.Logger", "java.lang.System$Logger");

  private TypeRules() {}

  static Stream<HouseRule> all() {
    return Stream.of(
        recordsHoldNoArrays(),
        nothingIsSerializable(),
        javaSerializationIsUnused(),
        secretsRedactThemselves(),
        theCoresDoNotLog(),
        secretsLeaveThroughPicklesAlone(),
        optionalIsAnAnswer());
  }

  private static HouseRule recordsHoldNoArrays() {
    return HouseRule.of(
        "records hold no arrays, whose contents and equality they would not own",
        fields()
            .that()
            .areDeclaredInClassesThat()
            .areRecords()
            .and()
            .areNotStatic()
            .should(be(
                "of a type that is not an array",
                (JavaField field) -> !field.getRawType().isArray())),
        Planted.in("io.karst.planted", "record Held(byte[] bytes) {}"));
  }

  private static HouseRule nothingIsSerializable() {
    return HouseRule.of(
        "nothing asks for Java serialization",
        classes()
            .should(be(
                "without Serializable among the interfaces that it names",
                (JavaClass type) -> type.getRawInterfaces().stream()
                    .noneMatch(named -> named.isEquivalentTo(Serializable.class)))),
        Planted.in("io.karst.planted", "static class Held implements java.io.Serializable {}"));
  }

  private static HouseRule javaSerializationIsUnused() {
    return HouseRule.of(
        "nothing reads or writes serialized objects",
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.Object(Input|Output)Stream"),
        Planted.in(
            "io.karst.planted",
            "Object x(java.io.InputStream in) throws Exception {"
                + " return new java.io.ObjectInputStream(in); }"),
        Planted.in(
            "io.karst.planted",
            "Object x(java.io.OutputStream out) throws Exception {"
                + " return new java.io.ObjectOutputStream(out); }"));
  }

  private static HouseRule secretsRedactThemselves() {
    return HouseRule.of(
        "what can be destroyed says what it is without showing it",
        classes()
            .that()
            .areAssignableTo(Destroyable.class)
            .and()
            .areNotInterfaces()
            .should(be("redacted", TypeRules::writesItself)),
        Planted.in(
            "io.karst.crypto.planted",
            "static class Key implements javax.security.auth.Destroyable {}"),
        Planted.in(
            "io.karst.crypto.planted",
            "record Key(String bytes) implements javax.security.auth.Destroyable {}"));
  }

  /** Declares {@code toString}, or inherits one of Karst's own. */
  private static boolean writesItself(JavaClass type) {
    return type.getAllMethods().stream()
        .filter(method -> method.getName().equals("toString"))
        .filter(method -> method.getRawParameterTypes().isEmpty())
        .anyMatch(method -> method.getOwner().getPackageName().startsWith("io.karst.")
            // A record's own is made by the compiler, and prints every component.
            && !(type.isRecord() && isGenerated(method)));
  }

  private static boolean isGenerated(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.FINAL);
  }

  private static HouseRule theCoresDoNotLog() {
    return HouseRule.of(
        "rules, proofs and ratchets do not log",
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.karst.domain..",
                "io.karst.proof..",
                "io.karst.crypto..",
                "io.karst.journal..",
                "io.karst.audit..")
            .should()
            .dependOnClassesThat(is("loggers", type -> LOGGERS.contains(type.getName()))),
        Planted.in("io.karst.crypto.planted", "org.slf4j.Logger log;"),
        Planted.in("io.karst.crypto.planted", "java.util.logging.Logger log;"),
        Planted.in("io.karst.domain.planted", "System.Logger log;"));
  }

  private static HouseRule secretsLeaveThroughPicklesAlone() {
    return HouseRule.of(
        "only pickle formats ask for a secret's bytes",
        noClasses()
            .that()
            .resideOutsideOfPackage("io.karst.crypto.pickle..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                "the permit for secret bytes", call -> call.getName().equals("forPickling"))),
        Planted.in(
            "io.karst.client.planted",
            "Object x = io.karst.crypto.key.SecretAccess.forPickling();"));
  }

  private static HouseRule optionalIsAnAnswer() {
    return HouseRule.of(
        "no method takes an Optional, but for options of the command line",
        methods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("io.karst.cli..")
            .and()
            .areDeclaredInClassesThat()
            .areNotRecords()
            .and()
            .arePublic()
            .should(be(
                "given no Optional",
                (JavaMethod method) -> method.getRawParameterTypes().stream()
                    .noneMatch(type -> type.isEquivalentTo(Optional.class)))),
        Planted.in("io.karst.planted", "public void x(java.util.Optional<String> maybe) {}"));
  }

  private static DescribedPredicate<JavaClass> is(String words, Predicate<JavaClass> test) {
    return DescribedPredicate.describe(words, test);
  }

  private static <T> ArchCondition<T> be(String words, Predicate<T> test) {
    return new ArchCondition<>("be " + words) {
      @Override
      public void check(T item, ConditionEvents events) {
        events.add(new SimpleConditionEvent(item, test.test(item), item + " is not " + words));
      }
    };
  }
}
