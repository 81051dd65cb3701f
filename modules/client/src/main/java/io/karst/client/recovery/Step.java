package io.karst.client.recovery;

import java.util.Optional;

/**
 * One step of a climb.
 *
 * @param next absent when the climb has ended
 * @param action what to do, once {@code next} is stored
 */
public record Step(Optional<Climb> next, Optional<ClimbAction> action) {

  static Step end() {
    return new Step(Optional.empty(), Optional.empty());
  }

  static Step to(Climb next) {
    return new Step(Optional.of(next), Optional.empty());
  }

  static Step to(Climb next, ClimbAction action) {
    return new Step(Optional.of(next), Optional.of(action));
  }
}
