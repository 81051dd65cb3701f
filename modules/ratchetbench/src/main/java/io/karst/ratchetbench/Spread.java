package io.karst.ratchetbench;

import java.util.stream.DoubleStream;

/** The middle and the ends of some measurements. */
record Spread(double median, double least, double most) {

  /** Of at least one value. */
  static Spread of(DoubleStream values) {
    double[] ascending = values.sorted().toArray();
    int middle = ascending.length / 2;
    double median = ascending.length % 2 == 1
        ? ascending[middle]
        : (ascending[middle - 1] + ascending[middle]) / 2;
    return new Spread(median, ascending[0], ascending[ascending.length - 1]);
  }
}
