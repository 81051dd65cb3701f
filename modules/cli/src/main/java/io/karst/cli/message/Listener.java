package io.karst.cli.message;

import io.karst.cli.output.Output;
import io.karst.client.api.ChannelEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Prints events and counts messages.
 *
 * <p>Used by one thread at a time; the count may be read by another.
 */
final class Listener implements Predicate<ChannelEvent> {

  private final Output output;
  private final ChannelEvent.Cases<Optional<String>> form;
  private final long messagesMax;
  private volatile boolean printing;
  private final AtomicLong messages = new AtomicLong();

  /**
   * Makes a listener.
   *
   * @param printing false: nothing is printed before the group's history has passed
   * @param messagesMax after so many it wants no more; 0 means without end
   */
  Listener(Output output, boolean printing, long messagesMax) {
    this.output = output;
    this.form = output.json() ? new EventJson(output) : new EventText(output);
    this.printing = printing;
    this.messagesMax = messagesMax;
  }

  long messages() {
    return messages.get();
  }

  @Override
  public boolean test(ChannelEvent event) {
    if (printing) {
      event.match(form).ifPresent(output.out()::println);
      if (event instanceof ChannelEvent.Message) {
        messages.incrementAndGet();
      }
    } else if (event instanceof ChannelEvent.CaughtUp) {
      printing = true;
    }
    return messagesMax == 0 || messages.get() < messagesMax;
  }
}
