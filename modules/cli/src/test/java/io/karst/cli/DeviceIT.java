package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.karst.cli.CommandRun.Result;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Linking a further device by its code, and taking it away again. */
class DeviceIT {

  private static final Pattern CODE = Pattern.compile("karst-link:[A-Za-z0-9_-]+\n");
  private static final int WAIT_SECONDS_MAX = 90;

  private final CommandRun user = LiveServer.newUser();
  private final String ann = LiveServer.fresh("ann");

  @Test
  void aDeviceIsLinkedListedAndRevoked() throws Exception {
    user.run("register", ann);
    var shown = new ShownCode(CODE);
    CompletableFuture<Integer> linking = CompletableFuture.supplyAsync(
        () -> CommandTree.of(user.surroundings(shown, new ByteArrayOutputStream()))
            .execute("device", "link", ann, "--device", "laptop", "--as", "laptop", "--qr"));
    String code = shown.code().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);

    Result refused = user.typing("what?\n").run("device", "add", code, "--as", ann);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(linking).isNotDone();
    Result added = user.typing("y\n").run("device", "add", code, "--as", ann);
    assertThat(added.err()).startsWith("Add " + ann + "/laptop, key ").contains("? [y/N]");
    assertThat(added.out()).contains("cli", "laptop");
    assertThat(linking.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isZero();
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .endsWith("linked " + ann + "/laptop (profile laptop)\n");

    Result listed = user.run("device", "list", "--as", "laptop", "--json");
    assertThat(JsonParser.parseString(listed.out()).getAsJsonObject().getAsJsonArray("devices"))
        .hasSize(2);
    assertThat(user.run("device", "revoke", "laptop", "--as", ann).out()).doesNotContain("laptop");
    Result revoked = user.run("device", "list", "--as", "laptop");
    assertThat(revoked.exitCode()).isEqualTo(1);
  }

  @Test
  void aCodeWithAWrongCharacterIsNotRead() {
    user.run("register", ann);
    Result result = user.run("device", "add", "karst-link:AAAA", "--yes");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("karst: this is no link code");
  }
}
