package io.karst.client.recovery;

import io.karst.domain.id.DeviceAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides the next step of a climb. Reads nothing else, changes nothing.
 *
 * <p>Invariants: a climb ends; it asks at most {@value #ROUNDS_MAX} times; it gives epochs up only
 * when they were meant for this device, the newest is among them, and nobody who was asked has
 * given keys that are not wrong.
 */
public final class Ladder implements ClimbEvent.Cases<Step> {

  /** A server that could not answer three times in a row will not answer soon. */
  public static final int LOG_TRIES_MAX = 3;

  /** Devices asked in a round: one may be asleep. */
  public static final int TARGETS_MAX = 2;

  /** Ten devices asked: who wakes up later finds the question in its inbox. */
  public static final int ROUNDS_MAX = 5;

  /** Answers come in parts, and more than one device may answer. */
  public static final int PROOFS_MAX = 16;

  /** The committer loses races that often only in a group that has a new epoch anyway. */
  public static final int RENEWALS_MAX = 3;

  /** Losses apart in one group: a device that has more has lost its state, and needs the newest. */
  public static final int CLIMBS_MAX = 16;

  /** Until the log is read again; doubled each time. */
  static final Duration LOG_WAIT = Duration.ofSeconds(1);

  /** Until others are asked; doubled each round: together two minutes. */
  static final Duration ANSWER_WAIT = Duration.ofSeconds(4);

  /** A device that cannot reach its server does not try more rarely than this, nor wait longer. */
  static final Duration FAILURE_WAIT_MAX = Duration.ofMinutes(5);

  /** Parts of one answer are proved together. */
  static final Duration PART_WAIT = Duration.ofMillis(100);

  /** Longer than reading the epochs once more takes. */
  static final Duration PROOF_WAIT = Duration.ofMinutes(1);

  /** Of several that cannot open an epoch one renews it, and the others see that. */
  static final Duration ROTATION_WAIT = Duration.ofSeconds(4);

  /**
   * At most, before epochs are given up: somebody who comes online in that time saves them. Waiting
   * costs little, since who speaks in such an epoch is there to answer as well.
   */
  public static final Duration RESET_WAIT = Duration.ofMinutes(10);

  /** Until the next attempt at a new epoch, or until it may be tried again. */
  static final Duration RENEWAL_WAIT = Duration.ofMinutes(2);

  private static final double JITTER = 0.3;

  private static final int DOUBLINGS_MAX = 8;

  private final Climb climb;
  private final Outlook outlook;

  private Ladder(Climb climb, Outlook outlook) {
    this.climb = climb;
    this.outlook = outlook;
  }

  /** The next step after an event. */
  public static Step decide(Climb climb, ClimbEvent event, Outlook outlook) {
    return outlook.lost() ? event.match(new Ladder(climb, outlook)) : Step.end();
  }

  @Override
  public Step passed(ClimbEvent.Passed event) {
    if (climb.rung() == Rung.RENEWAL && !outlook.newest()) {
      return Step.end();
    }
    if (outlook.now().isBefore(climb.due())) {
      return Step.to(climb);
    }
    return switch (climb.rung()) {
      case LOG -> log();
      case MEMBERS -> members();
      case PROOF -> proof();
      case RENEWAL -> renewal();
    };
  }

  private Step log() {
    return climb.tries() < LOG_TRIES_MAX
        ? Step.to(climb.tried(after(LOG_WAIT, climb.tries())), new ClimbAction.FetchOwnKeys())
        : new Ladder(climb.to(Rung.MEMBERS, outlook.now()), outlook).members();
  }

  private Step members() {
    List<DeviceAddress> targets = targets();
    if (targets.isEmpty()) {
      return over();
    }
    List<DeviceAddress> asked = new ArrayList<>(climb.asked());
    asked.addAll(targets);
    Instant latest = outlook.now().plus(FAILURE_WAIT_MAX);
    return Step.to(climb.asking(asked, latest), new ClimbAction.Ask(targets));
  }

  /** Whom to ask next. */
  private List<DeviceAddress> targets() {
    return outlook.others().stream()
        .filter(device -> !climb.asked().contains(device))
        .limit(climb.rounds() < ROUNDS_MAX ? TARGETS_MAX : 0)
        .toList();
  }

  private Step proof() {
    return climb.proofs() < PROOFS_MAX
        ? Step.to(climb.proving(outlook.now().plus(PROOF_WAIT)), new ClimbAction.Prove())
        : new Ladder(climb.believed(), outlook).over();
  }

  /** Nobody is left to ask, or nothing more is to be had. */
  private Step over() {
    if (!climb.entitled() || !outlook.newest()) {
      return Step.end();
    }
    boolean alone = outlook.others().isEmpty();
    Duration wait = climb.answered() || alone
        ? part(ROTATION_WAIT, outlook.drawn())
        : part(RESET_WAIT, (1 + outlook.drawn()) / 2);
    return Step.to(climb.to(Rung.RENEWAL, outlook.now().plus(wait)));
  }

  private Step renewal() {
    if (!outlook.mayRenew()) {
      return Step.to(climb.until(outlook.now().plus(RENEWAL_WAIT)));
    }
    return climb.tries() < RENEWALS_MAX
        ? Step.to(
            climb.tried(after(RENEWAL_WAIT, climb.tries())),
            new ClimbAction.Renew(!climb.answered()))
        : Step.end();
  }

  /** Who gets a question twice answers once: the last ones are asked again. */
  @Override
  public Step resumed(ClimbEvent.Resumed event) {
    if (climb.rung() != Rung.MEMBERS || climb.rounds() == 0) {
      return Step.to(climb);
    }
    int sure = Math.max(0, climb.asked().size() - TARGETS_MAX);
    return Step.to(climb.notAsked(climb.asked().subList(0, sure), outlook.now()));
  }

  /** Who has been asked is waited for from now on. */
  @Override
  public Step asked(ClimbEvent.Asked event) {
    return climb.rung() == Rung.MEMBERS && climb.rounds() > 0
        ? Step.to(climb.until(after(ANSWER_WAIT, climb.rounds() - 1)))
        : Step.to(climb);
  }

  /** A question that did not leave is no question; one that was refused will be refused again. */
  @Override
  public Step notAsked(ClimbEvent.NotAsked event) {
    if (climb.rung() != Rung.MEMBERS || climb.rounds() == 0) {
      return Step.to(climb);
    }
    if (!event.passing()) {
      return Step.to(climb.to(Rung.MEMBERS, outlook.now()));
    }
    List<DeviceAddress> left = new ArrayList<>(climb.asked());
    left.removeAll(event.targets());
    Instant next = after(ANSWER_WAIT, climb.tries());
    Instant latest = outlook.now().plus(FAILURE_WAIT_MAX);
    return Step.to(climb.notAsked(left, next.isBefore(latest) ? next : latest));
  }

  @Override
  public Step given(ClimbEvent.Given event) {
    return climb.proofs() < PROOFS_MAX
        ? Step.to(climb.to(Rung.PROOF, outlook.now().plus(PART_WAIT)))
        : Step.to(climb);
  }

  @Override
  public Step useless(ClimbEvent.Useless event) {
    boolean expected = climb.rung() == Rung.MEMBERS && climb.asked().contains(event.by());
    return expected && !targets().isEmpty()
        ? Step.to(climb.to(Rung.MEMBERS, outlook.now()))
        : Step.to(climb);
  }

  @Override
  public Step proved(ClimbEvent.Proved event) {
    boolean current = climb.rung() == Rung.PROOF;
    return switch (event.proof()) {
      case WHOLE ->
        current ? new Ladder(climb.believed(), outlook).over() : Step.to(climb.believed());
      case PARTIAL -> Step.to(asksOn(climb.believed()));
      case WRONG -> Step.to(asksOn(climb));
      case UNTRIED -> Step.to(current || climb.answered() ? climb : untried());
    };
  }

  /** An earlier proof has led on meanwhile: these keys are tried before anything is given up. */
  private Climb untried() {
    return climb.to(Rung.PROOF, outlook.now().plus(PROOF_WAIT));
  }

  /** At once; if all were asked, those who have not answered yet get their time. */
  private Climb asksOn(Climb proved) {
    if (proved.rung() != Rung.PROOF) {
      return proved;
    }
    Instant next = targets().isEmpty() ? after(ANSWER_WAIT, climb.rounds()) : outlook.now();
    return proved.to(Rung.MEMBERS, next);
  }

  /** Whoever answered before knows that session now: all may be asked once more. */
  @Override
  public Step missed(ClimbEvent.Missed event) {
    boolean waiting = climb.rung() == Rung.LOG || climb.rung() == Rung.MEMBERS;
    return waiting || climb.rounds() >= ROUNDS_MAX
        ? Step.to(climb)
        : Step.to(climb.askingAnew(outlook.now().plus(Climb.GATHERING)));
  }

  /**
   * Adds a climb to those of its group, joined with the one before it if that has just begun; the
   * oldest beyond {@link #CLIMBS_MAX} are given up.
   */
  public static List<Climb> add(List<Climb> climbs, Climb begun) {
    List<Climb> all = new ArrayList<>(climbs);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).joins(begun)) {
        all.set(i, all.get(i).with(begun));
        return all;
      }
    }
    boolean known = all.stream()
        .anyMatch(one -> one.epochs().from() <= begun.epochs().from()
            && one.epochs().to() >= begun.epochs().to());
    if (!known) {
      all.add(begun);
    }
    return all.subList(Math.max(0, all.size() - CLIMBS_MAX), all.size());
  }

  private Instant after(Duration wait, int doublings) {
    Duration doubled = wait.multipliedBy(1L << Math.min(doublings, DOUBLINGS_MAX));
    return outlook.now().plus(part(doubled, 1 - JITTER + 2 * JITTER * outlook.drawn()));
  }

  private static Duration part(Duration whole, double share) {
    return Duration.ofMillis(Math.round(whole.toMillis() * share));
  }
}
