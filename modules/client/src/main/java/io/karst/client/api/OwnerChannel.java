package io.karst.client.api;

import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * What this member's own devices say to each other: no group, and no epochs.
 *
 * <p>Thread-safe. A message is sealed to each of the member's other devices that there are when it
 * is taken. One that is linked later cannot read it, and is told so.
 */
public interface OwnerChannel {

  /** The longest message, as it is encoded, in bytes: it is sealed to seven devices one by one. */
  int ENCODED_MAX = 30_720;

  /** The log's id, which follows from the member. */
  GroupId id();

  /**
   * Stores a message at once, and sends it as soon as the server can be reached, in the order of
   * the calls, also after a restart. Completes when the log holds it. When the device is closed
   * before, it fails with {@code CLOSED}, and the next run sends the message.
   */
  CompletableFuture<Receipt> send(Content content);

  /** Sends plain text. */
  default CompletableFuture<Receipt> send(String text) {
    return send(Content.text(text));
  }

  /**
   * What the other devices said, from where the last subscriber stopped, also in an earlier run;
   * then what they say. The rules of {@link GroupChannel#receive()} hold. The epoch of each event
   * is 0.
   */
  Flow.Publisher<ChannelEvent> receive();

  /** Asks the server why one of this member's devices cannot read the message at an offset. */
  CompletableFuture<Explanation> explain(long offset, DeviceId device);
}
