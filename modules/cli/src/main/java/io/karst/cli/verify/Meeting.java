package io.karst.cli.verify;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonArray;
import io.karst.cli.CommandFailure;
import io.karst.cli.output.Output;
import io.karst.cli.output.QrCode;
import io.karst.cli.session.Consent;
import io.karst.cli.session.Session;
import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.ShortString;
import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.VerificationState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Leads a person through one verification. One thread. */
final class Meeting {

  private final Session session;
  private final Verification verification;
  private final Consent consent;
  private final Output output;

  Meeting(Session session, Verification verification, Consent consent, Output output) {
    this.session = session;
    this.verification = verification;
    this.consent = consent;
    this.output = output;
  }

  /** Goes on to the end; each wait for the other side is bounded. */
  void hold(Duration patience) throws IOException {
    VerificationState state = verification.state();
    greet(state);
    while (!state.isEnd()) {
      if (state instanceof VerificationState.Comparing comparing) {
        show(comparing.shown());
        ask("Does the other screen show the same?");
      } else if (state instanceof VerificationState.Scanned) {
        ask("Does the other screen say that you are verified?");
      }
      state = next(state, patience);
    }
    end(state);
  }

  /** Prints how it ended; throws unless it ended well. */
  void end(VerificationState state) {
    if (state instanceof VerificationState.Cancelled cancelled) {
      throw failure(cancelled);
    }
    String peer = verification.peer().toString();
    output.result("verified " + peer, json -> {
      json.addProperty("state", "verified");
      json.addProperty("member", verification.peer().member().value());
      json.addProperty("device", verification.peer().device().value());
    });
  }

  private void greet(VerificationState state) {
    if (state instanceof VerificationState.Showing showing) {
      show(showing.code());
    } else if (state instanceof VerificationState.Waiting) {
      output.line("waiting for " + verification.peer() + ", who must run: karst verify "
          + session.device().address().member());
    }
  }

  private void show(VerificationCode code) {
    String text = code.text();
    QrCode.lines(text).forEach(output::line);
    output.line("");
    output.line("On the other person's device, read it, or run:");
    output.line("");
    output.result("karst verify --scanned " + text, json -> {
      json.addProperty("state", "showing");
      json.addProperty("code", text);
    });
  }

  private void show(ShortString shown) {
    List<String> titles = shown.titles();
    String emoji = IntStream.range(0, titles.size())
        .mapToObj(i -> shown.symbols().get(i) + " " + titles.get(i))
        .collect(joining("   "));
    String decimals = shown.decimals().stream().map(String::valueOf).collect(joining(" "));
    output.line("");
    output.line("  " + emoji);
    output.line("");
    output.result("  " + decimals, json -> {
      json.addProperty("state", "comparing");
      var names = new JsonArray();
      titles.forEach(names::add);
      json.add("emoji", names);
      var numbers = new JsonArray();
      shown.decimals().forEach(numbers::add);
      json.add("decimals", numbers);
    });
  }

  private void ask(String question) throws IOException {
    Optional<Boolean> same = consent.answer(question);
    if (same.isEmpty()) {
      session.await(verification.cancel());
    } else if (same.get()) {
      session.await(verification.confirm());
    } else {
      session.await(verification.deny());
    }
  }

  private VerificationState next(VerificationState known, Duration patience) {
    try {
      return verification
          .next(known)
          .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        session.await(verification.cancel());
        throw CommandFailure.unreachable(
            verification.peer() + " did not answer within " + patience.toSeconds() + " s");
      }
      throw e;
    }
  }

  private CommandFailure failure(VerificationState.Cancelled cancelled) {
    CancelReason reason = cancelled.reason();
    if (reason.isAlarming()) {
      return CommandFailure.insecure("NOT verified: " + reason.sentence()
          + "; somebody may be in between, so trust no message of "
          + verification.peer().member()
          + " until you have found out");
    }
    String who = cancelled.byPeer() ? " (" + verification.peer() + ")" : "";
    String sentence = "not verified: " + reason.sentence() + who;
    return reason == CancelReason.TIMEOUT
        ? CommandFailure.unreachable(sentence)
        : CommandFailure.refused(sentence);
  }
}
