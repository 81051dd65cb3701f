package io.karst.client.recovery;

import io.karst.domain.id.DeviceAddress;
import java.util.Set;

/** What may happen to a climb. */
public sealed interface ClimbEvent {

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /** Time passes, or an epoch came: whatever is due is done, and who is at the goal ends. */
  record Passed() implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.passed(this);
    }
  }

  /** The device starts: whether what was under way has happened, nobody knows. */
  record Resumed() implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resumed(this);
    }
  }

  /** The server has taken the questions. Until then nobody was asked, however long that takes. */
  record Asked() implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.asked(this);
    }
  }

  /**
   * Devices could not be asked.
   *
   * @param passing whether the same may succeed later
   */
  record NotAsked(Set<DeviceAddress> targets, boolean passing) implements ClimbEvent {
    public NotAsked {
      targets = Set.copyOf(targets);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notAsked(this);
    }
  }

  /** Keys of an epoch of the climb were given. */
  record Given() implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.given(this);
    }
  }

  /** A device gave something that does not even open. */
  record Useless(DeviceAddress by) implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.useless(this);
    }
  }

  /** The keys that were given were tried. */
  record Proved(Proof proof) implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.proved(this);
    }
  }

  /** Somebody has begun to speak in a session whose keys were not given. */
  record Missed() implements ClimbEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.missed(this);
    }
  }

  /** How keys that were given stood the test. */
  enum Proof {
    /** They open everything that was said. */
    WHOLE,
    /** They open some of it. */
    PARTIAL,
    /** They open nothing of what was said. */
    WRONG,
    /** They could not be tried now. */
    UNTRIED
  }

  /** One method for each event. */
  interface Cases<R> {
    R passed(Passed event);

    R resumed(Resumed event);

    R asked(Asked event);

    R notAsked(NotAsked event);

    R given(Given event);

    R useless(Useless event);

    R proved(Proved event);

    R missed(Missed event);
  }
}
