package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group's past: read again, shared, and who else could read it. */
class PastIT {

  private final CommandRun user = LiveServer.newUser();
  private final String ann = fresh("ann");
  private final String bob = fresh("bob");
  private long offset;
  private String group = "";

  @BeforeEach
  void bobJoinsAfterAMessage() {
    user.run("register", ann);
    user.run("register", bob);
    group = json(as(ann, "group", "create", "caves", "--json")).get("group").getAsString();
    as(ann, "group", "policy", "caves", "--history", "from-index");
    offset = json(as(ann, "send", "caves", "hello", "--json")).get("offset").getAsLong();
    assertThat(as(ann, "group", "add", "caves", bob).exitCode()).isZero();
  }

  @Test
  void whatWasSharedIsReadAndVouchedFor() {
    assertThat(as(bob, "history", group).out()).doesNotContain("hello");
    Result shared = as(ann, "group", "share-history", "caves", bob + "/cli");
    assertThat(shared.out())
        .isEqualTo("gave " + bob + "/cli the keys that this device has from epoch 1 on\n");
    assertThat(as(bob, "history", group).out())
        .contains(ann + ": hello (by the keys that " + ann + "/cli gave)");
    assertThat(as(ann, "history", "--count", "1").lines().get(0)).isNotEmpty();
    assertThat(as(ann, "group", "share-history", "caves", bob).err())
        .isEqualTo("karst: a device is MEMBER/DEVICE, not '" + bob + "'\n");
  }

  @Test
  void accessShowsWhereTheKeysOfEpochsAre() {
    assertThat(as(bob, "listen", group, "--count", "0", "--timeout", "2").exitCode())
        .isZero();
    assertThat(as(ann, "group", "access", "caves", bob).lines().stream()
            .map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "EPOCH DEVICE IN ROSTER KEY REVOKED",
            "1 cli no not sealed no",
            "2 cli yes acknowledged no");
    JsonObject newest =
        json(as(ann, "group", "access", "caves", bob, "--from-epoch", "2", "--json"));
    assertThat(newest.get("key").getAsString()).isEqualTo("ACKNOWLEDGED");
    Result refused = as(bob, "group", "access", group, ann);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("ROLE_REQUIRED");
  }

  @Test
  void theAuditorTellsWhoGotTheKeyOfAMessage() {
    assertThat(holders("--offset", Long.toString(offset)))
        .containsExactly(ann + "/cli roster " + ann + "/cli");
    as(ann, "group", "share-history", "caves", bob + "/cli");
    assertThat(holders("--offset", Long.toString(offset)))
        .containsExactly(ann + "/cli roster " + ann + "/cli", bob + "/cli shared " + ann + "/cli");
    assertThat(holders("--at", "2999-01-01T00:00:00Z"))
        .containsExactly(ann + "/cli roster " + ann + "/cli", bob + "/cli roster " + ann + "/cli");
    Result nowhere = user.run("audit", "who-could-read", group, "--offset", "1000000");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).startsWith("karst: no epoch was in use there");
  }

  private Stream<String> holders(String option, String value) {
    Result result = user.run("audit", "who-could-read", group, option, value, "--json");
    assertThat(result.err()).isEmpty();
    return result.lines().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .map(json -> json.get("member").getAsString() + "/" + json.get("device").getAsString() + " "
            + json.get("way").getAsString().toLowerCase(Locale.ROOT) + " "
            + json.get("by").getAsString());
  }

  private Result as(String name, String... arguments) {
    return user.run(
        Stream.concat(Stream.of("--as", name), Stream.of(arguments)).toArray(String[]::new));
  }

  private static JsonObject json(Result result) {
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }
}
