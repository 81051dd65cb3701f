package io.karst.client.channel;

import io.karst.client.wire.EpochNews;
import io.karst.client.wire.LogItem;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.SubscribeGroup;
import java.util.List;
import java.util.Optional;

/**
 * Takes the entries of one group. Called on the device's thread; what it throws ends the
 * connection.
 */
public interface EntrySink {

  /** Where a subscription that begins now is to start. */
  SubscribeGroup start();

  /** A subscription has begun. */
  void started(Start start);

  /**
   * Where a subscription begins.
   *
   * @param nextOffset of the first entry to come
   * @param epochs in which the first envelopes may speak
   * @param tree over all entries before the first to come, if it was asked for
   */
  record Start(long nextOffset, List<EpochNews> epochs, Optional<Frontier> tree) {
    public Start {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Entries in the order of the log.
   *
   * @param bytes how much memory they take, roughly
   */
  void entries(List<LogItem> items, int bytes);

  /** What follows is live. */
  void caughtUp(Head head);

  /** The server ended the subscription, for good. */
  void ended(Throwable reason);
}
