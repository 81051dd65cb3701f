package io.karst.ratchetbench;

import io.karst.ratchetbench.Race.Micros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What each operation took each library, round by round. Not thread-safe. */
final class Results {

  private final Map<Operation, Map<Library, List<Micros>>> micros = new EnumMap<>(Operation.class);

  void add(Operation operation, Library library, Micros value) {
    micros
        .computeIfAbsent(operation, none -> new EnumMap<>(Library.class))
        .computeIfAbsent(library, none -> new ArrayList<>())
        .add(value);
  }

  List<Operation> operations() {
    return List.copyOf(micros.keySet());
  }

  /** Who took part. */
  List<Library> libraries() {
    return Arrays.stream(Library.values())
        .filter(library -> micros.values().stream().anyMatch(each -> each.containsKey(library)))
        .toList();
  }

  Optional<Spread> micros(Operation operation, Library library, ToDoubleFunction<Micros> kind) {
    return Optional.ofNullable(series(operation).get(library))
        .map(all -> Spread.of(all.stream().mapToDouble(kind)));
  }

  /** How many times as fast as {@code other} this project's is, in the same round. */
  Optional<Spread> timesAsFastAs(
      Library other, Operation operation, ToDoubleFunction<Micros> kind) {
    List<Micros> ours = series(operation).get(Library.KARST);
    List<Micros> theirs = series(operation).get(other);
    if (ours == null || theirs == null) {
      return Optional.empty();
    }
    return Optional.of(Spread.of(IntStream.range(0, Math.min(ours.size(), theirs.size()))
        .mapToDouble(i -> kind.applyAsDouble(theirs.get(i)) / kind.applyAsDouble(ours.get(i)))));
  }

  private Map<Library, List<Micros>> series(Operation operation) {
    return micros.getOrDefault(operation, Map.of());
  }
}
