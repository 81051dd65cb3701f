package io.karst.client.channel;

import io.karst.client.api.ChannelEvent;
import io.karst.client.store.GroupRow;
import io.karst.client.work.Listener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads steps of one log for a listener, and stores what was taken. Used on the device's thread,
 * for one run at a time.
 */
public interface StepReader {

  /** Steps of one run, stored in one transaction: what a crash repeats. */
  int STEPS_MAX = 64;

  /** How far the log was read. */
  GroupRow row();

  /** Answers how many of the steps were taken. */
  CompletableFuture<Integer> read(List<LogStep> steps, Listener<ChannelEvent> listener);
}
