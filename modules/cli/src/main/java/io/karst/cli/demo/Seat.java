package io.karst.cli.demo;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A performer's place in the group: its end of the channel, and what it hears there. */
record Seat(Performer performer, GroupChannel channel, Ears ears) {

  /** The performer makes the group. */
  static Seat founding(Performer performer, String name, List<MemberId> members) {
    return seated(performer, performer.await(performer.device().createGroup(name, members)));
  }

  /** The performer was added to the group. */
  static Seat joining(Performer performer, GroupId group) {
    return seated(performer, performer.group(group));
  }

  private static Seat seated(Performer performer, GroupChannel channel) {
    return new Seat(performer, channel, performer.listen(channel));
  }

  String name() {
    return performer.name();
  }

  MemberId member() {
    return performer.member();
  }

  /** Says something and waits until the log holds it. */
  Receipt say(String text) {
    return await(channel.send(text));
  }

  <T> T await(CompletableFuture<T> future) {
    return performer.await(future);
  }

  /** Waits for a message; empty when it does not come. */
  Optional<ChannelEvent.Message> hears(String text) {
    return ears.message(text);
  }

  /** Whether the newest roster that this device has verified holds a member. */
  boolean sealedTo(MemberId member) {
    return channel
        .manifest()
        .map(signed -> signed.manifest().roster().stream()
            .anyMatch(entry -> entry.address().member().equals(member)))
        .orElse(false);
  }
}
