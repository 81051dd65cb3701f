package io.karst.simulation;

import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A message that an application gave to the SDK.
 *
 * @param number in the order of all messages
 */
record Said(GroupId group, DeviceAddress by, long number, CompletableFuture<Receipt> receipt) {

  /** No two messages are the same. */
  String text() {
    return by + " says " + number;
  }

  static long number(String text) {
    return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
  }

  /** Where the server took it, if the sender was told. */
  Optional<Receipt> taken() {
    return receipt.isDone() && !receipt.isCompletedExceptionally()
        ? Optional.of(receipt.join())
        : Optional.empty();
  }
}
