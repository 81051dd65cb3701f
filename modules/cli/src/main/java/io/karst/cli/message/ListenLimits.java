package io.karst.cli.message;

import io.karst.cli.CommandFailure;
import io.karst.client.api.ChannelEvent;
import java.util.concurrent.Flow;
import picocli.CommandLine.Option;

/** How long a command listens: what each of them may be told. */
public final class ListenLimits {

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Ends after this many messages (0: never); fewer in time are a failure.")
  private long count;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "Ends after this many seconds (0: never).")
  private long timeoutSeconds;

  /** To be called before anything is opened. */
  void requireSensible() {
    if (count < 0 || timeoutSeconds < 0) {
      throw CommandFailure.usage("--count and --timeout are not negative");
    }
  }

  /** Messages after which a listener wants no more; 0 means without end. */
  long count() {
    return count;
  }

  /** Listens until the listener has heard enough, or the time is over. */
  void listen(Flow.Publisher<ChannelEvent> events, Listener listener) {
    var reader = new EventReader(listener);
    events.subscribe(reader);
    if (!reader.endedWithin(timeoutSeconds) && count > 0) {
      throw CommandFailure.unreachable(
          listener.messages() + " of " + count + " messages within " + timeoutSeconds + " s");
    }
    reader.stop();
  }
}
