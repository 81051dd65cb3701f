package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups from their beginning to their end. */
class GroupIT {

  private final CommandRun user = LiveServer.newUser();
  private final String ann = fresh("ann");
  private final String bob = fresh("bob");
  private final String carol = fresh("carol");

  @BeforeEach
  void threeAccounts() {
    for (String name : new String[] {ann, bob, carol}) {
      assertThat(user.run("register", name).exitCode()).isZero();
    }
  }

  @Test
  void aGroupIsCreatedListedAndShown() {
    String id = create();
    assertThat(as(ann, "group", "list").lines()).hasSize(2);
    assertThat(as(ann, "group", "list").lines().get(1))
        .startsWith("caves  1      2")
        .endsWith(id);
    assertThat(as(bob, "group", "list").lines().get(1)).startsWith("-").endsWith(id);
    Result shown = as(ann, "group", "show", "caves");
    assertThat(shown.lines()).contains("group   caves (" + id + ")", "epoch   1");
    assertThat(shown.out()).contains(ann + "  owner   cli").contains(bob + "  member  cli");
  }

  @Test
  void aGroupIsKnownByNameIdAndTheBeginningOfItsId() {
    String id = create();
    for (String text : new String[] {"caves", id, id.substring(0, 6)}) {
      JsonObject json = json(as(ann, "group", "show", text, "--json"));
      assertThat(json.get("group").getAsString()).isEqualTo(id);
    }
    assertThat(as(bob, "group", "name", id.substring(0, 6), "halls").exitCode()).isZero();
    assertThat(as(bob, "group", "show", "halls").exitCode()).isZero();
    JsonObject again = json(as(bob, "group", "name", "halls", "halls", "--json"));
    assertThat(again.get("name").getAsString()).isEqualTo("halls");
    assertThat(again.get("epoch").getAsLong()).isOne();
  }

  @Test
  void anUnknownGroupIsAUsersMistake() {
    create();
    Result result = as(ann, "group", "show", "halls");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("karst: no group 'halls': see karst group list\n");
    assertThat(as(carol, "listen").err()).isEqualTo("karst: you are in no group\n");
  }

  @Test
  void aNameIsGivenOnce() {
    create();
    Result result = as(ann, "group", "create", "caves");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("is called caves already");
  }

  @Test
  void everyChangeOfMembersStartsAnEpoch() {
    create();
    assertThat(as(ann, "group", "add", "caves", carol).out())
        .isEqualTo("added " + carol + "; epoch 2 has a fresh key\n");
    assertThat(as(ann, "group", "role", "caves", bob, "admin").out()).contains("epoch 3");
    assertThat(as(ann, "group", "remove", "caves", carol).out()).contains("epoch 4");
    assertThat(json(as(ann, "group", "rotate", "caves", "--json")).get("epoch").getAsLong())
        .isEqualTo(5);
    JsonArray members = json(as(ann, "group", "show", "caves", "--json")).getAsJsonArray("members");
    assertThat(members.toString())
        .isEqualTo("[{\"member\":\"%s\",\"role\":\"owner\",\"devices\":[\"cli\"],".formatted(ann)
            + "\"verified\":false},"
            + "{\"member\":\"%s\",\"role\":\"admin\",\"devices\":[\"cli\"],".formatted(bob)
            + "\"verified\":false}]");
  }

  @Test
  void whatAMemberMayNotDoIsRefusedWithTheReason() {
    String id = create();
    refused("ROLE_REQUIRED", as(bob, "group", "add", id, carol));
    refused("ROLE_REQUIRED", as(bob, "group", "remove", id, ann));
    refused("ROLE_REQUIRED", as(bob, "group", "archive", id));
    refused("MEMBER_NOT_FOUND", as(ann, "group", "add", "caves", fresh("nobody")));
    refused("ALREADY_MEMBER", as(ann, "group", "add", "caves", bob));
    refused("NO_SUCH_MEMBER", as(ann, "group", "remove", "caves", carol));
    refused("LAST_OWNER", as(ann, "group", "role", "caves", ann, "member"));
    refused("LAST_OWNER", as(ann, "group", "leave", "caves"));
  }

  @Test
  void whoLeftCannotSpeakAndTheOthersGoOn() {
    String id = create();
    assertThat(as(bob, "group", "leave", id).exitCode()).isZero();
    assertThat(as(bob, "send", id, "still here").exitCode()).isNotZero();
    assertThat(as(ann, "send", "caves", "alone now").exitCode()).isZero();
    assertThat(json(as(ann, "group", "show", "caves", "--json")).get("epoch").getAsLong())
        .isEqualTo(2);
  }

  @Test
  void anArchivedGroupTakesNothingMore() {
    create();
    assertThat(as(ann, "group", "archive", "caves").out()).isEqualTo("archived caves\n");
    Result result = as(ann, "send", "caves", "hello?");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("karst: ").hasLineCount(1);
  }

  private String create() {
    Result result = as(ann, "group", "create", "caves", "--member", bob, "--json");
    assertThat(result.err()).isEmpty();
    return json(result).get("group").getAsString();
  }

  private Result as(String name, String... words) {
    return user.with("KARST_PROFILE", name).run(words);
  }

  private static void refused(String reason, Result result) {
    assertThat(result.err()).startsWith("karst: refused: " + reason).hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  private static JsonObject json(Result result) {
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }
}
