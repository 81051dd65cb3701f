package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.cli.CommandRun.Result;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo tells its story against a live server, and every promise in it holds. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoIT {

  private final CommandRun user = LiveServer.newUser();

  @Test
  void everyPromiseOfThePlayHolds() {
    Result result = user.run("demo");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .doesNotContain("FAIL")
        .contains("1. Two people make a group and talk")
        .contains("2. Carol joins, and cannot read what was said before")
        .contains("3. Bob is removed, and reads nothing more")
        .contains("4. An answer is lost, and the retry gets the first receipt")
        .contains("5. An auditor, who holds no key, replays the log")
        .containsPattern("All \\d\\d checks hold\\.");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void thePlayCanBeRepeatedAndLeavesNoProfile() {
    assertThat(user.run("demo").exitCode()).isZero();
    assertThat(user.run("demo").exitCode()).isZero();
    assertThat(user.run("group", "list").err()).startsWith("karst: no profile in");
  }

  @Test
  void aServerOfItsOwnNeedsTheLauncher() {
    Result result = user.run("demo", "--with-server");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("karst: --with-server needs the launcher")
        .hasLineCount(1);
  }
}
