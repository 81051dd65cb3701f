package io.karst.client.recovery;

import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Some epochs of a group whose keys this device wants back, and how far it has come.
 *
 * <p>Invariant: at most {@value #ASKED_MAX} devices were asked; who was asked is not asked again
 * unless something new was missed.
 *
 * @param entitled whether their keys were meant for this device; what others may give beyond that
 *     is asked for as well, and missing it has no consequence
 * @param tries on this rung; of questions, those that did not leave
 * @param rounds of questions so far
 * @param proofs so far
 * @param answered whether somebody gave keys that are not wrong
 * @param asked in the order of the questions
 * @param due when to go on if nothing happens
 */
public record Climb(
    GroupId group,
    EpochRange epochs,
    boolean entitled,
    Rung rung,
    int tries,
    int rounds,
    int proofs,
    boolean answered,
    List<DeviceAddress> asked,
    Instant due) {

  /** Those asked in all rounds. */
  public static final int ASKED_MAX = Ladder.ROUNDS_MAX * Ladder.TARGETS_MAX;

  /** Epochs that are lost within so short a time are asked for together. */
  static final Duration GATHERING = Duration.ofMillis(250);

  public Climb {
    asked = List.copyOf(asked);
    if (asked.size() > ASKED_MAX) {
      throw new IllegalArgumentException("at most " + ASKED_MAX + " devices are asked");
    }
  }

  /** Why an epoch's key is not there. */
  public enum Loss {
    /** No sealed key came: the log may have it. */
    ABSENT(Rung.LOG),
    /** What was sealed to this device does not open, or is wrong. */
    UNOPENABLE(Rung.MEMBERS);

    private final Rung first;

    Loss(Rung first) {
      this.first = first;
    }
  }

  /** A climb for an epoch that was lost just now. */
  public static Climb lost(GroupId group, long epoch, Loss loss, Instant now) {
    return begin(group, new EpochRange(epoch, epoch), true, loss.first, now.plus(GATHERING));
  }

  /** A climb for epochs that somebody asks for. */
  public static Climb wanted(GroupId group, EpochRange epochs, boolean entitled, Instant now) {
    return begin(group, epochs, entitled, Rung.MEMBERS, now);
  }

  private static Climb begin(
      GroupId group, EpochRange epochs, boolean entitled, Rung rung, Instant due) {
    return new Climb(group, epochs, entitled, rung, 0, 0, 0, false, List.of(), due);
  }

  /** Whether this one can still take in another that has just begun, as it has itself. */
  boolean joins(Climb other) {
    boolean fresh = tries == 0 && rounds == 0 && proofs == 0;
    return fresh
        && entitled == other.entitled
        && rung == other.rung
        && epochs.to() + 1 == other.epochs.from();
  }

  Climb with(Climb following) {
    EpochRange both = new EpochRange(epochs.from(), following.epochs.to());
    return new Climb(
        group, both, entitled, rung, tries, rounds, proofs, answered, asked, following.due);
  }

  /** Whether reading should wait for what this climb may bring. */
  public boolean isHopeful() {
    return rung != Rung.RENEWAL;
  }

  Climb to(Rung next, Instant when) {
    return new Climb(group, epochs, entitled, next, 0, rounds, proofs, answered, asked, when);
  }

  Climb until(Instant when) {
    return new Climb(group, epochs, entitled, rung, tries, rounds, proofs, answered, asked, when);
  }

  Climb tried(Instant next) {
    return new Climb(
        group, epochs, entitled, rung, tries + 1, rounds, proofs, answered, asked, next);
  }

  Climb asking(List<DeviceAddress> all, Instant next) {
    return new Climb(group, epochs, entitled, rung, tries, rounds + 1, proofs, answered, all, next);
  }

  /** As if these had not been asked. */
  Climb notAsked(List<DeviceAddress> left, Instant next) {
    return new Climb(
        group, epochs, entitled, rung, tries + 1, rounds - 1, proofs, answered, left, next);
  }

  Climb proving(Instant next) {
    return new Climb(
        group, epochs, entitled, rung, tries + 1, rounds, proofs + 1, answered, asked, next);
  }

  Climb believed() {
    return new Climb(group, epochs, entitled, rung, tries, rounds, proofs, true, asked, due);
  }

  Climb askingAnew(Instant when) {
    return new Climb(
        group, epochs, entitled, Rung.MEMBERS, 0, rounds, proofs, answered, List.of(), when);
  }
}
