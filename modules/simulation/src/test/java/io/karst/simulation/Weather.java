package io.karst.simulation;

import java.time.Duration;

/** How bad the way between devices and server is. */
record Weather(
    double requestLost, double answerLost, double repeated, double broken, Duration latencyMax) {

  static final Weather ROUGH = new Weather(2, 2, 2, 4, Duration.ofMillis(400));
  static final Weather CALM = new Weather(0, 0, 0, 0, Duration.ofMillis(20));

  /** What becomes of one call. */
  enum Fate {
    ARRIVES,
    REQUEST_LOST,
    ANSWER_LOST,
    /** The server gets the request twice. */
    REPEATED
  }

  Fate fate(Dice dice) {
    if (dice.percent(requestLost)) {
      return Fate.REQUEST_LOST;
    }
    if (dice.percent(answerLost)) {
      return Fate.ANSWER_LOST;
    }
    return dice.percent(repeated) ? Fate.REPEATED : Fate.ARRIVES;
  }

  Duration latency(Dice dice) {
    return Duration.ofMillis(dice.between(1, latencyMax.toMillis()));
  }
}
