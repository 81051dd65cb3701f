package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The attack vectors of the Wycheproof project, which are not part of this one.
 *
 * <p>They are read from the folder that {@code -Dkarst.wycheproof} names, or from
 * {@code shared/wycheproof} beside the checkout. Without it the tests are skipped and say so.
 */
public final class Wycheproof {

  private static final Path FOLDER =
      Path.of(System.getProperty("karst.wycheproof", "../../../shared/wycheproof"));

  private Wycheproof() {}

  /** What Wycheproof expects of an implementation. */
  public enum Verdict {
    VALID,
    INVALID,
    /** Sound implementations differ; ours says in the test which way it goes. */
    ACCEPTABLE;
  }

  /** One vector and the group whose sizes or key it shares. */
  public record Vector(JsonObject group, JsonObject row) {

    public Verdict verdict() {
      return Verdict.valueOf(Vectors.text(row, "result").toUpperCase(Locale.ROOT));
    }

    public boolean valid() {
      return verdict() == Verdict.VALID;
    }

    public Set<String> flags() {
      return Vectors.elements(row.get("flags"))
          .map(flag -> flag.getAsString())
          .collect(Collectors.toSet());
    }

    public byte[] bytes(String field) {
      return Vectors.hex(row, field);
    }

    /** A size of the group, given in bits, as bytes. */
    public int size(String field) {
      return group.get(field).getAsInt() / Byte.SIZE;
    }

    @Override
    public String toString() {
      return "#" + row.get("tcId") + " " + flags() + " " + Vectors.text(row, "comment");
    }
  }

  /** Checks one vector; what it throws fails the test. */
  @FunctionalInterface
  public interface Check {
    void run(Vector vector) throws Exception;
  }

  /** Runs {@code check} on every vector of a file and says how many there were of each verdict. */
  public static Map<Verdict, Integer> judge(String file, Check check) throws IOException {
    Path path = FOLDER.resolve(file);
    if (!Files.isReadable(path)) {
      System.out.println("NOT RUN: Wycheproof's " + file + ", there is no "
          + FOLDER.toAbsolutePath().normalize() + "; -Dkarst.wycheproof names another folder");
    }
    assumeTrue(Files.isReadable(path), "no Wycheproof vectors");
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    try (Reader reader = Files.newBufferedReader(path)) {
      JsonObject whole = JsonParser.parseReader(reader).getAsJsonObject();
      Vectors.objects(whole.get("testGroups"))
          .flatMap(group -> Vectors.objects(group.get("tests")).map(row -> new Vector(group, row)))
          .forEach(vector -> {
            run(check, vector);
            counts.merge(vector.verdict(), 1, Integer::sum);
          });
      int total = counts.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(total).as(file).isEqualTo(whole.get("numberOfTests").getAsInt());
    }
    return counts;
  }

  private static void run(Check check, Vector vector) {
    try {
      check.run(vector);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(vector.toString(), e);
    }
  }

  /** Hexadecimal digits of the group's public key. */
  public static byte[] publicKey(Vector vector) {
    return HexFormat.of().parseHex(Vectors.text(vector.group().getAsJsonObject("publicKey"), "pk"));
  }
}
