package io.karst.simulation;

/**
 * How large a run is.
 *
 * @param devices in each group, at first
 * @param people there are, each with a device; some are in several groups
 */
record Scale(int groups, int devices, int people, int steps) {

  /** Ten of these are done in a minute. */
  static final Scale SHORT = new Scale(3, 5, 7, 250);

  /** The whole. */
  static final Scale LONG = new Scale(50, 20, 100, 100_000);

  @Override
  public String toString() {
    return "%dx%dx%dx%d".formatted(groups, devices, people, steps);
  }

  static Scale parse(String text) {
    String[] parts = text.split("x", -1);
    return new Scale(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }
}
