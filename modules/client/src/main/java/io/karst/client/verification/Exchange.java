package io.karst.client.verification;

import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.ShortString;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.VerificationState;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.sas.EstablishedSas;
import io.karst.crypto.sas.Sas;
import io.karst.crypto.sas.SasBytes;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One side of a verification: takes what the other side and this person say, answers what is to be
 * sent.
 *
 * <p>Invariant: it ends as verified only when this person has confirmed and the other side has
 * vouched, by a MAC that only the two who compared can make, for the identity that this side knows.
 * Whatever cannot follow ends it; an end is final, and its secrets are gone. Mutable: one owner,
 * one thread. Knows no clock: the time is an argument.
 */
public final class Exchange {

  /** From the request on: time to find each other, and to look. */
  public static final Duration TIME_MAX = Duration.ofMinutes(10);

  /** How far the clocks of two people may be apart. */
  static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(5);

  private final RandomBytes random;
  private final Instant began;
  private Terms terms;
  private Phase phase;

  private Exchange(Terms terms, RandomBytes random, Instant began, Phase phase) {
    this.terms = terms;
    this.random = random;
    this.began = began;
    this.phase = phase;
  }

  /** This side asks: {@link #request} is its first step. */
  public static Exchange asking(Terms terms, RandomBytes random, Instant now) {
    return new Exchange(terms, random, now, new Phase.Asked());
  }

  /** The other side has asked. */
  public static Exchange offered(Terms terms, RandomBytes random, Instant now) {
    return new Exchange(terms, random, now, new Phase.Offered());
  }

  /** This side shows a code; its secret is drawn here. */
  public static Exchange showing(Terms terms, GroupId group, RandomBytes random, Instant now) {
    var code = new VerificationCode(
        group,
        terms.id(),
        terms.self().inCode(),
        terms.peer().inCode(),
        Bytes.copyOf(random.next(VerificationCode.SECRET_LENGTH)));
    return new Exchange(terms, random, now, new Phase.Showing(code));
  }

  /** This side reads a code: that ends it at once, and {@link #answer} tells the other side. */
  public static Exchange reading(
      Terms terms, VerificationCode code, RandomBytes random, Instant now) {
    boolean right = code.transactionId().equals(terms.id())
        && code.reader().equals(terms.self().inCode())
        && code.shower().equals(terms.peer().inCode());
    return new Exchange(
        terms, random, now, right ? new Phase.Done() : new Phase.Failed(CancelReason.KEYS, false));
  }

  /** What is sent after a code was read. */
  public Step answer(VerificationCode code) {
    return phase instanceof Phase.Done
        ? terms.scanned(code.secret())
        : new Step.Cancel(CancelReason.KEYS);
  }

  /** The step that asks. */
  public Step.Request request() {
    return new Step.Request(List.of(Terms.METHOD), began);
  }

  /** Whether a request is recent enough to be answered. */
  public static boolean isFresh(Step.Request request, Instant now) {
    return request.sentAt().isAfter(now.minus(TIME_MAX))
        && request.sentAt().isBefore(now.plus(CLOCK_AHEAD_MAX));
  }

  /** Why a request cannot be answered, to be told to who asks. */
  public static Optional<Step.Cancel> refusal(Step.Request request) {
    return request.methods().contains(Terms.METHOD)
        ? Optional.empty()
        : Optional.of(new Step.Cancel(CancelReason.METHOD));
  }

  public VerificationState state() {
    if (phase instanceof Phase.Offered) {
      return new VerificationState.Offered();
    }
    if (phase instanceof Phase.Compared compared) {
      return compared.confirmed()
          ? new VerificationState.Confirmed()
          : new VerificationState.Comparing(compared.shown());
    }
    if (phase instanceof Phase.Showing showing) {
      return new VerificationState.Showing(showing.code());
    }
    if (phase instanceof Phase.Read) {
      return new VerificationState.Scanned();
    }
    if (phase instanceof Phase.Done) {
      return new VerificationState.Verified();
    }
    return phase instanceof Phase.Failed failed
        ? new VerificationState.Cancelled(failed.reason(), failed.byPeer())
        : new VerificationState.Waiting();
  }

  /** The other side's chain may have grown; another chain, or other keys, end the exchange. */
  public List<Step> learn(Party peer) {
    if (isOver()) {
      return List.of();
    }
    boolean same = peer.identity().equals(terms.peer().identity())
        && peer.member().equals(terms.peer().member())
        && peer.root().equals(terms.peer().root());
    if (!same) {
      return fail(CancelReason.KEYS);
    }
    terms = new Terms(terms.id(), terms.self(), peer, terms.asked());
    return List.of();
  }

  /** The other side's chain does not verify any more: this ends the exchange. */
  public List<Step> distrust() {
    return isOver() ? List.of() : fail(CancelReason.KEYS);
  }

  /** The other side, as this one knows it. */
  public Party peer() {
    return terms.peer();
  }

  /** Whether this side has asked, and nothing was answered. */
  public boolean isAsking() {
    return phase instanceof Phase.Asked;
  }

  /** This person takes part. */
  public List<Step> accept() {
    if (!(phase instanceof Phase.Offered)) {
      return List.of();
    }
    Sas own = Sas.start(random);
    phase = new Phase.Committed(own);
    return List.of(new Step.Accept(Terms.METHOD, terms.commitment(publicKey(own))));
  }

  /** This person sees the same on both screens. */
  public List<Step> confirm() {
    if (phase instanceof Phase.Read) {
      enter(new Phase.Done());
      return List.of();
    }
    if (!(phase instanceof Phase.Compared compared) || compared.confirmed()) {
      return List.of();
    }
    Step mac = terms.mac(compared.sas());
    settle(compared.withConfirmed());
    return List.of(mac);
  }

  /** This person sees different things. */
  public List<Step> deny() {
    boolean asked = phase instanceof Phase.Read
        || (phase instanceof Phase.Compared compared && !compared.confirmed());
    return asked ? fail(CancelReason.MISMATCH) : List.of();
  }

  /** This person, or this device, gives up. */
  public List<Step> cancel() {
    return isOver() ? List.of() : fail(CancelReason.GIVEN_UP);
  }

  /** Time has passed. */
  public List<Step> tick(Instant now) {
    boolean late = !now.isBefore(began.plus(TIME_MAX));
    return late && !isOver() ? fail(CancelReason.TIMEOUT) : List.of();
  }

  /** The other side's step. */
  public List<Step> hear(Step step) {
    return isOver() ? List.of() : step.match(new Heard());
  }

  private final class Heard implements Step.Cases<List<Step>> {

    @Override
    public List<Step> request(Step.Request step) {
      return fail(CancelReason.UNEXPECTED);
    }

    @Override
    public List<Step> accept(Step.Accept step) {
      if (!(phase instanceof Phase.Asked)) {
        return fail(CancelReason.UNEXPECTED);
      }
      if (!step.method().equals(Terms.METHOD)) {
        return fail(CancelReason.METHOD);
      }
      Sas own = Sas.start(random);
      phase = new Phase.Revealed(own, step.commitment());
      return List.of(new Step.Key(publicKey(own)));
    }

    @Override
    public List<Step> key(Step.Key step) {
      if (phase instanceof Phase.Committed committed) {
        Bytes own = publicKey(committed.own());
        return compare(committed.own(), step.key(), terms.shortStringInfo(step.key(), own))
            ? List.of(new Step.Key(own))
            : fail(CancelReason.UNEXPECTED);
      }
      if (!(phase instanceof Phase.Revealed revealed)) {
        return fail(CancelReason.UNEXPECTED);
      }
      if (!terms.commitment(step.key()).equals(revealed.commitment())) {
        return fail(CancelReason.COMMITMENT);
      }
      Bytes own = publicKey(revealed.own());
      return compare(revealed.own(), step.key(), terms.shortStringInfo(own, step.key()))
          ? List.of()
          : fail(CancelReason.UNEXPECTED);
    }

    @Override
    public List<Step> mac(Step.Mac step) {
      if (!(phase instanceof Phase.Compared compared) || compared.vouched()) {
        return fail(CancelReason.UNEXPECTED);
      }
      if (!terms.isRight(compared.sas(), step)) {
        return fail(CancelReason.KEYS);
      }
      settle(compared.withVouched());
      return List.of();
    }

    @Override
    public List<Step> scanned(Step.Scanned step) {
      if (!(phase instanceof Phase.Showing showing)) {
        return fail(CancelReason.UNEXPECTED);
      }
      if (!terms.isRight(showing.code().secret(), step)) {
        return fail(CancelReason.KEYS);
      }
      enter(new Phase.Read());
      return List.of();
    }

    @Override
    public List<Step> cancel(Step.Cancel step) {
      enter(new Phase.Failed(step.reason(), true));
      return List.of();
    }
  }

  /** Answers false, and changes nothing, when the key is none. Consumes {@code own} otherwise. */
  private boolean compare(Sas own, Bytes theirKey, String info) {
    try {
      EstablishedSas sas = own.agree(Curve25519PublicKey.fromBytes(theirKey.toArray()));
      SasBytes bytes = sas.bytes(info);
      var shown = new ShortString(bytes.emoji(), bytes.decimals());
      phase = new Phase.Compared(sas, shown, false, false);
      return true;
    } catch (KeyRejectedException e) {
      return false;
    }
  }

  private void settle(Phase.Compared compared) {
    if (compared.confirmed() && compared.vouched()) {
      enter(new Phase.Done());
    } else {
      phase = compared;
    }
  }

  private List<Step> fail(CancelReason reason) {
    enter(new Phase.Failed(reason, false));
    return List.of(new Step.Cancel(reason));
  }

  private void enter(Phase next) {
    secret().ifPresent(Secret::destroy);
    phase = next;
  }

  private Optional<Secret> secret() {
    if (phase instanceof Phase.Committed committed) {
      return Optional.of(committed.own());
    }
    if (phase instanceof Phase.Revealed revealed) {
      return Optional.of(revealed.own());
    }
    return phase instanceof Phase.Compared compared
        ? Optional.of(compared.sas())
        : Optional.empty();
  }

  private boolean isOver() {
    return phase instanceof Phase.Done || phase instanceof Phase.Failed;
  }

  private static Bytes publicKey(Sas own) {
    return Bytes.copyOf(own.publicKey().bytes());
  }
}
