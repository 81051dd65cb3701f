package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people at two terminals who make sure of each other. */
class VerifyIT {

  private static final Pattern CODE = Pattern.compile("karst-verify:[A-Za-z0-9_-]+\n");
  private static final int WAIT_SECONDS_MAX = 90;

  private final CommandRun user = LiveServer.newUser();
  private final String ann = fresh("ann");
  private final String bob = fresh("bob");

  @BeforeEach
  void bothAreInAGroup() {
    user.run("register", ann);
    user.run("register", bob);
    assertThat(as(user, ann, "group", "create", "caves", "--member", bob).exitCode())
        .isZero();
  }

  @Test
  void bothSeeTheSameAndAreVerified() throws Exception {
    CompletableFuture<Result> annes = later("y\n", ann, "verify", bob, "--json");
    Result bobs = as(user.typing("y\n"), bob, "verify", ann + "/cli", "--json");
    Result annesEnd = annes.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(bobs.err()).startsWith("Does the other screen show the same? [y/N]");
    assertThat(bobs.exitCode()).isZero();
    assertThat(annesEnd.exitCode()).isZero();
    JsonObject shown = json(bobs.lines().get(0));
    assertThat(json(annesEnd.lines().get(0))).isEqualTo(shown);
    assertThat(shown.getAsJsonArray("emoji")).hasSize(7);
    assertThat(shown.getAsJsonArray("decimals")).hasSize(3);
    assertThat(json(bobs.lines().get(1)).get("member").getAsString()).isEqualTo(ann);

    assertThat(as(user, ann, "group", "show", "caves").lines().stream()
            .map(line -> line.replaceAll(" +", " ")))
        .contains(ann + " owner cli no", bob + " member cli yes");
    JsonObject listed = json(as(user, bob, "verify", "--json").out());
    assertThat(listed.get("member").getAsString()).isEqualTo(ann);
    assertThat(listed.get("standing").getAsString()).isEqualTo("VERIFIED");
    assertThat(as(user, bob, "verify").out()).contains("short string");
  }

  @Test
  void whoSeesADifferenceIsToldNotToTrustAndTheOtherToo() throws Exception {
    CompletableFuture<Result> annes = later("y\n", ann, "verify", bob);
    Result bobs = as(user.typing("n\n"), bob, "verify", ann);
    assertThat(bobs.exitCode()).isEqualTo(6);
    assertThat(bobs.err()).contains("NOT verified");
    assertThat(annes.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS).exitCode()).isEqualTo(6);
    assertThat(as(user, ann, "verify", "--json").out()).isEmpty();
  }

  @Test
  void aCodeIsShownAndReadOnTheOtherTerminal() throws Exception {
    var shown = new ShownCode(CODE);
    CompletableFuture<Integer> showing = CompletableFuture.supplyAsync(
        () -> CommandTree.of(user.typing("y\n").surroundings(shown, new ByteArrayOutputStream()))
            .execute("--as", ann, "verify", bob, "--qr"));
    String code = shown.code().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(as(user, bob, "verify", "carol", "--scanned", code).exitCode()).isEqualTo(2);
    Result read = as(user, bob, "verify", ann, "--scanned", code);
    assertThat(read.out()).isEqualTo("verified " + ann + "/cli\n");
    assertThat(showing.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isZero();
    assertThat(shown.toString(StandardCharsets.UTF_8)).endsWith("verified " + bob + "/cli\n");
    assertThat(as(user, ann, "verify", "--json").out()).contains("\"CODE\"", "VERIFIED");
  }

  @Test
  void whoDoesNotComeIsNotWaitedForForEver() {
    Result alone = as(user, ann, "verify", bob, "--patience", "1");
    assertThat(alone.exitCode()).isEqualTo(4);
    assertThat(alone.err()).contains(bob + "/cli did not answer within 1 s");
    assertThat(as(user, ann, "verify", "nobody").exitCode()).isEqualTo(2);
    assertThat(as(user, ann, "verify", "--qr").exitCode()).isEqualTo(2);
    assertThat(as(user, ann, "verify", "--scanned", "karst-verify:AAAA").exitCode())
        .isEqualTo(2);
  }

  private CompletableFuture<Result> later(String typed, String... arguments) {
    return CompletableFuture.supplyAsync(() ->
        as(user.typing(typed), arguments[0], Stream.of(arguments).skip(1).toArray(String[]::new)));
  }

  private static Result as(CommandRun run, String name, String... arguments) {
    return run.run(
        Stream.concat(Stream.of("--as", name), Stream.of(arguments)).toArray(String[]::new));
  }

  private static JsonObject json(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }
}
