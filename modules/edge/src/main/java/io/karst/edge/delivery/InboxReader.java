package io.karst.edge.delivery;

import io.karst.actors.member.InboxChanged;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.Members;
import io.karst.domain.device.InboxItem;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.status.RefusedException;
import io.karst.wire.v1.InboxItems;
import io.karst.wire.v1.SubscribeResponse;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The inbox of one stream's device.
 *
 * <p>Mutable, owned by the stream's actor. Items go out once on each stream, in order; one page is
 * held at most.
 */
final class InboxReader implements InboxReply.Cases<Boolean> {

  private final DeviceAddress device;
  private final Members members;
  private final StreamPorts ports;
  private final ActorRef<InboxChanged> ear;
  private boolean begun;
  private boolean fetching;
  private long sent;
  private long newest;

  InboxReader(
      DeviceAddress device, Members members, StreamPorts ports, ActorRef<InboxChanged> ear) {
    this.device = device;
    this.members = members;
    this.ports = ports;
    this.ear = ear;
  }

  /** Begins with the oldest item that is not acknowledged. */
  void begin() {
    if (!begun) {
      begun = true;
      renew();
    }
  }

  /** Says that the inbox is still watched; to be repeated, see {@link Members#WATCH_RENEWAL}. */
  void renew() {
    if (begun) {
      members.tell(device.member(), new MemberMessage.WatchInbox(device.device(), ear));
    }
  }

  void stop() {
    if (begun) {
      members.tell(device.member(), new MemberMessage.UnwatchInbox(device.device(), ear));
    }
  }

  void changed(InboxChanged news) {
    newest = Math.max(newest, news.lastSequence());
    pump();
  }

  /** Asks for the next page if there is one and the transport takes it. */
  void pump() {
    if (begun && !fetching && newest > sent && ports.outlet().isReady()) {
      fetching = true;
      ports
          .resume()
          .when(
              members.inbox(device, sent, MemberMessage.FetchInbox.LIMIT_MAX),
              this::fetched,
              this::failed);
    }
  }

  private void fetched(InboxReply reply) {
    fetching = false;
    reply.match(this);
  }

  private void failed(Throwable failure) {
    throw new IllegalStateException("an inbox always answers", failure);
  }

  @Override
  public Boolean page(InboxReply.Page page) {
    List<InboxItem> items = page.items();
    newest = Math.max(newest, page.lastSequence());
    if (items.isEmpty()) {
      // What is missing was acknowledged, on another stream or before.
      sent = newest;
      return true;
    }
    sent = items.get(items.size() - 1).sequence();
    ports
        .outlet()
        .send(SubscribeResponse.newBuilder()
            .setInboxItems(InboxItems.newBuilder()
                .addAllItems(items.stream().map(DeviceMapping::item).toList()))
            .build());
    pump();
    return true;
  }

  /** An inbox that does not answer now is asked again when its watch is renewed. */
  @Override
  public Boolean refused(InboxReply.Refused refused) {
    if (refused.reason() != Reason.UNAVAILABLE) {
      throw new RefusedException(refused.reason());
    }
    return false;
  }
}
