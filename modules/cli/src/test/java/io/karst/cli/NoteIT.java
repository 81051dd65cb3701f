package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user's own devices say to each other: a phone and a laptop, each with its profile. */
class NoteIT {

  private static final Pattern CODE = Pattern.compile("karst-link:[A-Za-z0-9_-]+\n");
  private static final int WAIT_SECONDS_MAX = 90;

  private final CommandRun user = LiveServer.newUser();
  private final String phone = fresh("ann");

  @BeforeEach
  void aPhoneAndALaptop() throws Exception {
    assertThat(user.run("register", phone).err()).isEmpty();
    var shown = new ShownCode(CODE);
    CompletableFuture<Integer> linking = CompletableFuture.supplyAsync(
        () -> CommandTree.of(user.surroundings(shown, new ByteArrayOutputStream()))
            .execute("device", "link", phone, "--device", "laptop", "--as", "laptop"));
    String code = shown.code().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(as(phone, "device", "add", code, "--yes").err()).isEmpty();
    assertThat(linking.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aNoteIsShownOnceOnTheOtherDeviceAndNotOnItsOwn() {
    assertThat(as(phone, "note", "the milk").out()).startsWith("sent: offset ");
    Result heard = as("laptop", "notes", "--count", "1", "--timeout", "30");
    assertThat(heard.err()).isEmpty();
    assertThat(heard.exitCode()).isZero();
    assertThat(heard.out()).endsWith("  " + phone + ": the milk\n");
    Result again = as("laptop", "notes", "--count", "1", "--timeout", "1");
    assertThat(again.exitCode()).isEqualTo(4);
    assertThat(again.err()).isEqualTo("karst: 0 of 1 messages within 1 s\n");
    assertThat(as("laptop", "note", "and bread").exitCode()).isZero();
    Result own = as(phone, "notes", "--count", "1", "--timeout", "30");
    assertThat(own.out()).contains("and bread").doesNotContain("the milk");
  }

  @Test
  void aProgramReadsNotesAsJsonAndTheAuditorReplaysThemWithoutAKey() {
    JsonObject sent = json(as(phone, "note", "the milk", "--json").out());
    assertThat(sent.keySet()).containsExactlyInAnyOrder("log", "offset", "acceptedAt");
    Result heard = as("laptop", "notes", "--json", "--count", "1", "--timeout", "30");
    JsonObject note = heard.lines().stream()
        .map(NoteIT::json)
        .filter(line -> line.get("kind").getAsString().equals("message"))
        .findFirst()
        .orElseThrow();
    assertThat(note.get("text").getAsString()).isEqualTo("the milk");
    assertThat(note.get("offset")).isEqualTo(sent.get("offset"));
    assertThat(note.get("device").getAsString()).isEqualTo("cli");

    String log = sent.get("log").getAsString();
    Result audit = user.run("audit", "replay", log, "--json");
    assertThat(audit.exitCode()).isZero();
    assertThat(audit.out()).doesNotContain("milk");
    List<JsonObject> lines = audit.lines().stream().map(NoteIT::json).toList();
    assertThat(lines)
        .filteredOn(line -> line.get("type").getAsString().equals("entry"))
        .anySatisfy(entry -> {
          assertThat(entry.get("offset")).isEqualTo(sent.get("offset"));
          assertThat(entry.get("who").getAsString()).isEqualTo(phone + "/cli");
        });
    JsonObject summary = lines.get(lines.size() - 1);
    assertThat(summary.get("group").getAsString()).isEqualTo(log);
    assertThat(summary.get("sound").getAsBoolean()).isTrue();
    assertThat(summary.get("complete").getAsBoolean()).isTrue();
  }

  @Test
  void whatIsNoNoteIsRefusedAndNothingIsSent() {
    assertThat(as(phone, "note", "").exitCode()).isEqualTo(2);
    Result tooLong = as(phone, "note", "x".repeat(65_500));
    assertThat(tooLong.exitCode()).isEqualTo(2);
    assertThat(tooLong.err()).startsWith("karst: ").hasLineCount(1);
    as(phone, "device", "revoke", "laptop");
    Result revoked = as("laptop", "note", "let me in");
    assertThat(revoked.exitCode()).isEqualTo(1);
    assertThat(revoked.err()).startsWith("karst: refused: ").hasLineCount(1);
    assertThat(as(phone, "notes", "--timeout", "1").out()).doesNotContain("let me in");
  }

  private Result as(String profile, String... arguments) {
    return user.run(
        Stream.concat(Stream.of("--as", profile), Stream.of(arguments)).toArray(String[]::new));
  }

  private static JsonObject json(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }
}
