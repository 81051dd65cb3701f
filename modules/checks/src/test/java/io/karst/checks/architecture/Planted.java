package io.karst.checks.architecture;

/**
 * A class that breaks a rule, and one beside it for rules that take two.
 *
 * <p>Bodies name types in full; {@code PLANTED} and {@code BESIDE} stand for the two themselves.
 *
 * @param inPackage where the class pretends to live
 * @param body its members
 * @param besidePackage where the other class pretends to live
 * @param besideBody the other's members
 */
record Planted(String inPackage, String body, String besidePackage, String besideBody) {

  static Planted of(String inPackage, String body, String besidePackage, String besideBody) {
    return new Planted(inPackage, body, besidePackage, besideBody);
  }

  /** A class that needs none beside it. */
  static Planted in(String inPackage, String body) {
    return new Planted(inPackage, body, inPackage, "");
  }

  /** A class that knows one of another package. */
  static Planted knowing(String inPackage, String otherPackage) {
    return new Planted(inPackage, "BESIDE known;", otherPackage, "");
  }

  String source(String name) {
    return source(inPackage, name, resolved(body, name));
  }

  String sourceBeside(String name) {
    return source(besidePackage, name + "Beside", resolved(besideBody, name));
  }

  private String resolved(String text, String name) {
    return text.replace("PLANTED", inPackage + "." + name)
        .replace("BESIDE", besidePackage + "." + name + "Beside");
  }

  private static String source(String inPackage, String name, String body) {
    return "package %s; public class %s { %s }".formatted(inPackage, name, body);
  }
}
