package io.karst.simulation;

import io.karst.proof.signature.Signatures;
import io.karst.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;

/** Everything that a run is made of, and what went wrong in it. */
final class World {

  /** A broken world breaks more and more: the first violations tell the story. */
  private static final int VIOLATIONS_MAX = 20;

  private final VirtualTime time = new VirtualTime();
  private final VirtualTime.WallClock serverClock = time.clock();
  private final Witness witness = new Witness(this);
  private final List<Violation> violations = new ArrayList<>();
  private final Signatures signatures = new Signatures();
  private final long seed;
  private final Dice dice;
  private final Backend backend;
  private Weather weather = Weather.CALM;
  private int step;

  World(long seed, Rules rules) {
    this.seed = seed;
    this.dice = new Dice(seed, "world");
    this.backend = new Backend(this, rules);
  }

  /** Chance for somebody of this name. */
  Dice dice(String name) {
    return new Dice(seed, name);
  }

  Dice dice() {
    return dice;
  }

  VirtualTime time() {
    return time;
  }

  VirtualTime.WallClock serverClock() {
    return serverClock;
  }

  Witness witness() {
    return witness;
  }

  Backend backend() {
    return backend;
  }

  /** One for all: it remembers nothing but decoded keys, and most are the same ones. */
  Signatures signatures() {
    return signatures;
  }

  Weather weather() {
    return weather;
  }

  void weather(Weather next) {
    weather = next;
  }

  int step() {
    return step;
  }

  void step(int next) {
    step = next;
  }

  void violated(Violation.Kind kind, String what) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(new Violation(kind, step, what));
    }
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
