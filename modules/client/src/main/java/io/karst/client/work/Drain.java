package io.karst.client.work;

import io.karst.client.transport.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does what waits piece by piece, one at a time, for as long as there is more.
 *
 * <p>A wake-up is never lost: one that comes when the last piece has just found nothing looks once
 * more. Used on the device's thread.
 */
public final class Drain {

  private final Executor loop;
  private final Supplier<CompletableFuture<Boolean>> piece;
  private final Consumer<Throwable> failed;
  private boolean busy;
  private boolean again;

  /**
   * Makes one that rests.
   *
   * @param piece does the next piece, and answers whether there may be more
   * @param failed hears what ended a piece; nothing more is done before the next wake-up
   */
  public Drain(
      Executor loop, Supplier<CompletableFuture<Boolean>> piece, Consumer<Throwable> failed) {
    this.loop = loop;
    this.piece = piece;
    this.failed = failed;
  }

  /** Goes on with what waits. */
  public void wake() {
    again = busy;
    if (!busy) {
      busy = true;
      step();
    }
  }

  private void step() {
    again = false;
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Outcomes.follow(piece, done);
    var unused = done.whenCompleteAsync(
        (more, failure) -> {
          if (failure != null) {
            busy = false;
            failed.accept(Failures.of(failure));
          } else if (more || again) {
            step();
          } else {
            busy = false;
          }
        },
        loop);
  }
}
