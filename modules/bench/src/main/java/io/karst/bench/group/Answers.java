package io.karst.bench.group;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;

/** What is said of an answer that is none. */
final class Answers {

  /**
   * A call that takes part in no measurement: the first one of a server that has just started is
   * slow.
   */
  static final int CALL_SECONDS_MAX = 60;

  private Answers() {}

  /** Does a call. */
  static <T> T of(String what, Call<T> call) throws LoadFailure {
    try {
      return call.run();
    } catch (StatusRuntimeException e) {
      throw failure(what, e);
    }
  }

  static LoadFailure failure(String what, Throwable thrown) {
    Status status = Status.fromThrowable(thrown);
    Kind kind = switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> Kind.UNREACHABLE;
      default -> Kind.REFUSED;
    };
    String said = status.getDescription();
    String end = said == null ? status.getCode().toString() : said;
    return new LoadFailure(kind, what + ": " + end);
  }

  /** A blocking call of a stub. */
  @FunctionalInterface
  interface Call<T> {
    T run();
  }
}
