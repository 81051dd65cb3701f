package io.karst.cli.verify;

import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.session.Consent;
import io.karst.cli.session.Session;
import io.karst.cli.session.Sessions;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.Verifications;
import io.karst.domain.id.DeviceAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes sure, in person, that a member's devices are its own. */
@Command(
    name = "verify",
    description = {
      "Makes sure, together with another person, that nobody is in between: both run this command,",
      "see seven emoji, and say whether they are the same. Without NAME, lists who was verified."
    },
    footer = {
      "",
      "Compare where nobody can pretend to be the other: face to face, or by a voice you know.",
      "",
      "Examples:",
      "  karst verify bob",
      "  karst verify bob/laptop --group caves",
      "  karst verify bob --qr",
      "  karst verify --scanned karst-verify:AbCd...",
      "  karst verify"
    })
public final class VerifyCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The other account's id, or one of its devices: NAME/DEVICE.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "A group that both are in; without it, any.")
  private Optional<String> group = Optional.empty();

  @Option(names = "--qr", description = "Shows a code, for the other person to scan.")
  private boolean qr;

  @Option(
      names = "--scanned",
      paramLabel = "CODE",
      description = "The code that the other person's device shows.")
  private Optional<String> scanned = Optional.empty();

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "Longest wait for the other person: 300 unless said, 600 at most.")
  private int patienceSeconds = 300;

  private final Consent consent;
  private final Sessions sessions;
  private final Output output;

  public VerifyCommand(Consent consent, Sessions sessions, Output output) {
    this.consent = consent;
    this.sessions = sessions;
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (patienceSeconds < 1
        || patienceSeconds > 600
        || (qr && (scanned.isPresent() || name.isEmpty()))) {
      throw CommandFailure.usage(
          "--patience is 1 to 600; --qr needs a name, and does not go with --scanned");
    }
    try (Session session = sessions.open()) {
      if (scanned.isPresent()) {
        read(session, code(scanned.get()));
      } else if (name.isPresent()) {
        compare(session, name.get());
      } else {
        new TrustList(session.device().verifications().verified()).print(output);
      }
    }
    return 0;
  }

  private static VerificationCode code(String text) {
    try {
      return VerificationCode.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("this is no verification code, or a character is wrong");
    }
  }

  private void read(Session session, VerificationCode code) throws IOException {
    String shower = code.shower().device().member().value();
    if (name.isPresent() && !name.get().split("/", 2)[0].equals(shower)) {
      throw CommandFailure.usage("that code is of " + shower);
    }
    session.groups();
    Verification verification = session.await(session.device().verifications().scanned(code));
    new Meeting(session, verification, consent, output).end(verification.state());
  }

  private void compare(Session session, String who) throws IOException {
    Optional<GroupChannel> meant =
        group.isPresent() ? Optional.of(session.group(group)) : Optional.empty();
    var found = MeetingPlace.find(session, meant, who);
    DeviceAddress peer = found.peer();
    Verifications verifications = session.device().verifications();
    Verification verification = session.await(
        qr ? verifications.show(found.group(), peer) : verifications.start(found.group(), peer));
    new Meeting(session, verification, consent, output).hold(Duration.ofSeconds(patienceSeconds));
  }
}
