package io.karst.bench.measure;

import java.util.List;

/** The middle and the ends of some measurements. */
public record Spread(double median, double min, double max) {

  /** Of at least one value. */
  public static Spread of(List<Double> values) {
    List<Double> ascending = values.stream().sorted().toList();
    int middle = ascending.size() / 2;
    double median = ascending.size() % 2 == 1
        ? ascending.get(middle)
        : (ascending.get(middle - 1) + ascending.get(middle)) / 2;
    return new Spread(median, ascending.get(0), ascending.get(ascending.size() - 1));
  }
}
