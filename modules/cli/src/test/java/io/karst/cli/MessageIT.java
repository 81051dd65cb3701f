package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sending, listening and chatting through pipes. */
class MessageIT {

  private final CommandRun user = LiveServer.newUser();
  private final String ann = fresh("ann");
  private final String bob = fresh("bob");

  @BeforeEach
  void aGroupOfTwo() {
    user.run("register", ann);
    user.run("register", bob);
    assertThat(as(ann).run("group", "create", "caves", "--member", bob).err()).isEmpty();
  }

  @Test
  void aMessageArrivesAndIsShownOnce() {
    assertThat(as(ann).run("send", "caves", "hello bob").out()).startsWith("sent: offset ");
    Result heard = as(bob).run("listen", "--count", "1", "--timeout", "30");
    assertThat(heard.exitCode()).isZero();
    assertThat(heard.out()).contains("  " + ann + ": hello bob\n");
    Result again = as(bob).run("listen", "--count", "1", "--timeout", "2");
    assertThat(again.exitCode()).isEqualTo(4);
    assertThat(again.err()).isEqualTo("karst: 0 of 1 messages within 2 s\n");
    assertThat(again.out()).doesNotContain("hello bob");
  }

  @Test
  void linesOfTheStandardInputArriveInOrder() {
    List<String> texts = IntStream.range(0, 150).mapToObj(i -> "line " + i).toList();
    Result sent =
        as(ann).typing(String.join("\n", texts) + "\n\n").run("send", "caves", "-", "--json");
    assertThat(sent.lines()).hasSize(150);
    Result heard = as(bob).run("listen", "--json", "--count", "150", "--timeout", "60");
    List<JsonObject> messages = heard.lines().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(json -> json.get("kind").getAsString().equals("message"))
        .toList();
    assertThat(messages).extracting(json -> json.get("text").getAsString()).isEqualTo(texts);
    assertThat(messages)
        .extracting(json -> json.get("offset").getAsLong())
        .isEqualTo(sent.lines().stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .map(json -> json.get("offset").getAsLong())
            .collect(Collectors.toList()));
  }

  @Test
  void aLineThatCannotBeSentEndsTheCommandAfterThoseBeforeIt() {
    Result sent =
        as(ann).typing("first\n" + "x".repeat(70_000) + "\nlast\n").run("send", "caves", "-");
    assertThat(sent.exitCode()).isEqualTo(2);
    assertThat(sent.lines()).hasSize(1);
    assertThat(sent.err())
        .isEqualTo("karst: line 2 of the standard input is longer than 65536 bytes\n");
    Result tooLong = as(ann).run("send", "caves", "x".repeat(65_500));
    assertThat(tooLong.exitCode()).isEqualTo(2);
    assertThat(tooLong.err()).startsWith("karst: the encoded message has").hasLineCount(1);
    assertThat(as(ann).run("send", "caves", "").exitCode()).isEqualTo(2);
    assertThat(as(bob).run("listen", "--timeout", "3").out())
        .contains("first")
        .doesNotContain("last");
  }

  @Test
  void theBeginningOfTwoGroupsNamesNeither() {
    as(ann).run("group", "create", "halls");
    Result ambiguous = as(ann).run("group", "show", "");
    assertThat(ambiguous.exitCode()).isEqualTo(2);
    assertThat(ambiguous.err()).isEqualTo("karst: '' is the beginning of 2 groups\n");
    assertThat(as(ann).run("listen").err()).isEqualTo("karst: which group? You are in 2\n");
  }

  @Test
  void listeningFromNowPassesOverWhatWasNotRead() {
    as(ann).run("send", "caves", "old news");
    Result heard = as(bob).run("listen", "--from", "now", "--timeout", "3");
    assertThat(heard.exitCode()).isZero();
    assertThat(heard.out()).doesNotContain("old news");
  }

  @Test
  void aRemovedMemberHearsNothingMore() {
    as(ann).run("send", "caves", "before");
    as(ann).run("group", "remove", "caves", bob);
    as(ann).run("send", "caves", "after");
    Result heard = as(bob).run("listen", "--timeout", "5");
    assertThat(heard.out()).doesNotContain("after");
    assertThat(as(bob).run("send", "caves", "let me in").exitCode()).isNotZero();
  }

  @Test
  void aChatThroughPipesSaysAndDoesWhatIsTyped() {
    String carol = fresh("carol");
    user.run("register", carol);
    Result chat = as(ann)
        .typing("hello\n/members\n/rotate\n/add " + carol + "\n/nonsense\n//slash\n/quit\nnever\n")
        .run("chat", "caves");
    assertThat(chat.exitCode()).isZero();
    assertThat(chat.out())
        .startsWith("caves (")
        .contains("epoch 1; /help lists the commands")
        .contains(ann + "  owner")
        .contains("no such command: /nonsense (see /help)");
    Result heard = as(bob).run("listen", "--count", "2", "--timeout", "30");
    assertThat(heard.out())
        .contains(ann + ": hello")
        .contains("epoch 2 has a fresh key for 2 devices, verified (manual, by " + ann + ")")
        .contains(ann + " added " + carol)
        .contains("epoch 3 has a fresh key for 3 devices")
        .contains(ann + ": /slash")
        .doesNotContain("never");
  }

  @Test
  void aChatShowsAFailureAndGoesOn() {
    Result chat =
        as(ann).typing("/remove " + fresh("nobody") + "\nstill here\n").run("chat", "caves");
    assertThat(chat.exitCode()).isZero();
    assertThat(chat.out()).contains("refused: NO_SUCH_MEMBER");
    assertThat(as(bob).run("listen", "--count", "1", "--timeout", "30").out())
        .contains(ann + ": still here");
  }

  private CommandRun as(String name) {
    return user.with("KARST_PROFILE", name);
  }
}
