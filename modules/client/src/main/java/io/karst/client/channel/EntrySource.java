package io.karst.client.channel;

import io.karst.domain.id.GroupId;

/**
 * Where the entries of groups come from: the device's stream, which reconnects by itself. Used on
 * the device's thread.
 */
public interface EntrySource {

  /** Begins, where the sink says, as soon as there is a connection; and again with each new one. */
  void subscribe(GroupId group, EntrySink sink);

  /** Ends; the sink is told nothing more. */
  void unsubscribe(GroupId group);
}
