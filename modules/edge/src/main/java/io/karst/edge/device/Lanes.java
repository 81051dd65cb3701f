package io.karst.edge.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * Works through a list with a bounded number of elements under way. The work of each must be
 * asynchronous.
 */
final class Lanes<T, R> {

  private final List<T> elements;
  private final Function<T, CompletionStage<R>> work;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReferenceArray<R> results;

  private Lanes(List<T> elements, Function<T, CompletionStage<R>> work) {
    this.elements = elements;
    this.work = work;
    this.results = new AtomicReferenceArray<>(elements.size());
  }

  /** The results in the order of the elements. */
  static <T, R> CompletionStage<List<R>> map(
      int lanes, List<T> elements, Function<T, CompletionStage<R>> work) {
    var run = new Lanes<>(elements, work);
    var all = new ArrayList<CompletableFuture<Boolean>>();
    for (int i = 0; i < Math.min(lanes, elements.size()); i++) {
      all.add(run.lane().toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> run.collected());
  }

  /** One lane takes element after element until there are none. */
  private CompletionStage<Boolean> lane() {
    int mine = next.getAndIncrement();
    if (mine >= elements.size()) {
      return CompletableFuture.completedStage(true);
    }
    return work.apply(elements.get(mine)).thenCompose(result -> {
      results.set(mine, result);
      return lane();
    });
  }

  private List<R> collected() {
    var list = new ArrayList<R>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      list.add(results.get(i));
    }
    return list;
  }
}
