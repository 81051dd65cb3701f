package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Why a device cannot read a message, told to a person and to a program. */
class ExplainIT {

  private final CommandRun user = LiveServer.newUser();
  private final String ann = fresh("ann");
  private final String bob = fresh("bob");

  @Test
  void aMessageOfBeforeAMemberJoinedIsExplained() {
    user.run("register", ann);
    user.run("register", bob);
    as(ann, "group", "create", "caves");
    long offset =
        json(as(ann, "send", "caves", "hello", "--json")).get("offset").getAsLong();
    as(ann, "group", "add", "caves", bob);
    String device = bob + "/cli";
    Result told = explain(offset, "--device", device);
    assertThat(told.lines())
        .contains(
            "reason    NOT_A_MEMBER: the reader was not in the group then",
            "helps     ask a member to share history",
            "member    not in the group then, in the group now");
    JsonObject json = json(explain(offset, "--device", device, "--json"));
    assertThat(json.get("why").getAsString()).isEqualTo("NOT_A_MEMBER");
    assertThat(json.get("sender").getAsString()).isEqualTo(ann + "/cli");
    assertThat(json.get("key").getAsString()).isEqualTo("NOT_SEALED");
    Result toAuditor = user.run(
        "audit",
        "explain",
        "caves",
        "--offset",
        Long.toString(offset),
        "--device",
        device,
        "--json");
    assertThat(json(toAuditor)).isEqualTo(json);
    assertThat(explain(0).out()).startsWith("reason    NOT_AN_ENVELOPE");
    assertThat(explain(1_000_000).out()).startsWith("reason    NOT_WRITTEN");
  }

  @Test
  void aDeviceThatReadsEverythingHasNoObstacle() {
    user.run("register", ann);
    as(ann, "group", "create", "caves");
    long offset =
        json(as(ann, "send", "caves", "hello", "--json")).get("offset").getAsLong();
    assertThat(explain(offset).out()).startsWith("reason    KEY_ACKNOWLEDGED");
    Result refused = explain(offset, "--device", "tablet");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("DEVICE_NOT_FOUND");
  }

  @Test
  void aMessageOfOwnDevicesIsExplained() {
    user.run("register", ann);
    JsonObject note = json(as(ann, "note", "milk", "--json"));
    String log = note.get("log").getAsString();
    String offset = note.get("offset").getAsString();
    String device = ann + "/cli";
    Result told = as(ann, "explain", "--own", "--offset", offset);
    assertThat(told.out()).startsWith("reason    KEY_ACKNOWLEDGED");
    assertThat(told.lines()).contains("device    " + device + ", sender or receiver");
    JsonObject json = json(as(ann, "explain", "--own", "--offset", offset, "--json"));
    assertThat(json.get("epoch").getAsLong()).isZero();
    assertThat(json(
            user.run("audit", "explain", log, "--offset", offset, "--device", device, "--json")))
        .isEqualTo(json);
    JsonObject holder =
        json(user.run("audit", "who-could-read", log, "--offset", offset, "--json"));
    assertThat(holder.get("deviceList").getAsLong()).isEqualTo(1);
    assertThat(holder.get("member").getAsString()).isEqualTo(ann);
    assertThat(as(ann, "explain", "--own", "--group", "caves", "--offset", "0").err())
        .contains("--own and --group name two logs");
  }

  private Result explain(long offset, String... more) {
    String[] front = {"explain", "--group", "caves", "--offset", Long.toString(offset)};
    return as(ann, Stream.concat(Stream.of(front), Stream.of(more)).toArray(String[]::new));
  }

  private Result as(String name, String... arguments) {
    return user.run(
        Stream.concat(Stream.of("--as", name), Stream.of(arguments)).toArray(String[]::new));
  }

  private static JsonObject json(Result result) {
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }
}
