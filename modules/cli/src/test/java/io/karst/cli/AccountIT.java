package io.karst.cli;

import static io.karst.cli.LiveServer.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registering, and what can go wrong with profiles. */
class AccountIT {

  private final CommandRun user = LiveServer.newUser();
  private final String ann = fresh("ann");

  @TempDir
  private Path folder = Path.of("set by JUnit");

  @Test
  void anAccountIsRegisteredWithoutAFlag() {
    Result result = user.run("register", ann);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("registered " + ann + "/cli (profile " + ann + ")\n");
    assertThat(user.run("group", "list").out())
        .isEqualTo("no groups: make one with karst group create NAME\n");
  }

  @Test
  void deviceAndProfileMayBeNamed() {
    Result result = user.run("register", ann, "--device", "laptop", "--as", "home", "--json");
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(json.get("device").getAsString()).isEqualTo("laptop");
    assertThat(json.get("profile").getAsString()).isEqualTo("home");
  }

  @Test
  void aProfileIsMadeOnce() {
    user.run("register", ann);
    Result result = user.run("register", ann);
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).isEqualTo("karst: profile " + ann + " exists already\n");
  }

  @Test
  void aTakenNameIsRefusedAndLeavesNoProfile() {
    user.run("register", ann);
    Result result = user.run("register", ann, "--as", "second");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("karst: refused: MEMBER_EXISTS");
    assertThat(user.run("group", "list", "--as", "second").exitCode()).isEqualTo(2);
    assertThat(user.run("register", fresh("ann"), "--as", "second").exitCode()).isZero();
  }

  @Test
  void aForgedTokenIsRefused() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "no.such.token");
    Result result = user.run("register", ann, "--token-file", token.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("karst: refused: ENROLMENT_INVALID");
  }

  @Test
  void aServerThatIsNotThereIsSaidToBeOutOfReach() {
    Result result = user.run("register", ann, "--server", "127.0.0.1:1", "--wait", "5");
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("127.0.0.1:1").hasLineCount(1);
  }

  @Test
  void aRegistrationThatDidNotGetThroughIsTakenUpAgain() {
    user.run("register", ann, "--server", "127.0.0.1:1", "--wait", "5");
    assertThat(user.run("register", ann).exitCode()).isZero();
  }

  @Test
  void aWrongPasswordOpensNothing() {
    user.with("KARST_PASSWORD", "right").run("register", ann);
    assertThat(user.with("KARST_PASSWORD", "right").run("group", "list").exitCode())
        .isZero();
    Result result = user.with("KARST_PASSWORD", "wrong").run("group", "list");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).startsWith("karst: ").hasLineCount(1).contains("password");
    assertThat(user.run("group", "list").exitCode()).isEqualTo(5);
  }

  @Test
  void plainTextToAnotherMachineNeedsToBeSaid() {
    user.run("register", ann);
    Result result = user.run("group", "list", "--server", "192.0.2.1:7420", "--tls-ca", "/no/such");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("karst: ").hasLineCount(1);
  }
}
