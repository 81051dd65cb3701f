package io.karst.bench.group;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Whether an upload was taken: now, or when it was sent before and its answer was lost. */
final class Answer<R> implements StreamObserver<R> {

  private final String otherwise;
  private final CompletableFuture<Boolean> taken = new CompletableFuture<>();

  /** Says what failed if it was not. */
  Answer(String otherwise) {
    this.otherwise = otherwise;
  }

  CompletableFuture<Boolean> taken() {
    return taken;
  }

  @Override
  public void onNext(R answer) {
    taken.complete(true);
  }

  @Override
  public void onError(Throwable thrown) {
    if (Status.fromThrowable(thrown).getCode() == Status.Code.ALREADY_EXISTS) {
      taken.complete(true);
    } else {
      taken.completeExceptionally(Answers.failure(otherwise, thrown));
    }
  }

  @Override
  public void onCompleted() {
    // The answer came before.
  }
}
