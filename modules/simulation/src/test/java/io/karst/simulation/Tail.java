package io.karst.simulation;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.karst.actors.group.GroupView;
import io.karst.actors.journal.GroupJournal;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.Members;
import io.karst.domain.device.InboxItem;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Failures;
import io.karst.edge.delivery.Opener;
import io.karst.edge.delivery.Subscription;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.EntryMapping;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.edge.status.Statuses;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.InboxItems;
import io.karst.wire.v1.Ping;
import io.karst.wire.v1.SubscribeGroup;
import io.karst.wire.v1.SubscribeRequest;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionEnded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One delivery stream: what goes out is decided by the real subscriptions. */
final class Tail {

  private static final int READ_BYTES_MAX = 256 << 10;

  private final DeviceAddress reader;
  private final Sources sources;
  private final Failures failures;
  private final ServerCall<?, SubscribeResponse> call;
  private final Map<GroupId, Subscription> groups = new HashMap<>();
  private boolean inbox;
  private long inboxSent;

  record Sources(GroupJournal log, Opener opener, Members members) {}

  Tail(
      DeviceAddress reader,
      Sources sources,
      Failures failures,
      ServerCall<?, SubscribeResponse> call) {
    this.reader = reader;
    this.sources = sources;
    this.failures = failures;
    this.call = call;
  }

  DeviceAddress reader() {
    return reader;
  }

  boolean isOf(MemberId member) {
    return reader.member().equals(member);
  }

  boolean hears(GroupId group) {
    return groups.containsKey(group);
  }

  /** Closes the stream. */
  void end(Reason why) {
    StatusRuntimeException refusal = failures.status(new RefusedException(why));
    Metadata trailers = refusal.getTrailers();
    call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  void said(SubscribeRequest request) {
    switch (request.getRequestCase()) {
      case GROUP -> begin(Fields.groupId(request.getGroup().getGroupId()), request.getGroup());
      case UNSUBSCRIBE -> {
        GroupId group = Fields.groupId(request.getUnsubscribe().getGroupId());
        groups.remove(group);
        call.sendMessage(ended(group).build());
      }
      case INBOX -> {
        inbox = true;
        readInbox(reader.member());
      }
      case ACKNOWLEDGE_INBOX, PONG, REQUEST_NOT_SET -> {}
    }
  }

  /** An inbox that did not answer is asked again by the way. */
  void ping() {
    call.sendMessage(
        SubscribeResponse.newBuilder().setPing(Ping.newBuilder().setNonce(1)).build());
    readInbox(reader.member());
  }

  /** Sends what a group's log has beyond what was sent. */
  void read(GroupId group) {
    Subscription subscription = groups.get(group);
    if (subscription == null) {
      return;
    }
    List<StoredRecord> records = sources
        .log()
        .readFrom(group, subscription.next(), READ_BYTES_MAX)
        .toCompletableFuture()
        .join();
    boolean more =
        !records.isEmpty() && records.get(records.size() - 1).nextOffset() > subscription.next();
    if (more) {
      subscription.take(records, EntryMapping::entries).forEach(call::sendMessage);
      if (subscription.isOut()) {
        check(group, subscription);
      } else {
        read(group);
      }
    }
  }

  void readInbox(MemberId member) {
    if (inbox && member.equals(reader.member())) {
      var unused = sources
          .members()
          .inbox(reader, inboxSent, MemberMessage.FetchInbox.LIMIT_MAX)
          .thenAccept(reply -> {
            if (reply instanceof InboxReply.Page page) {
              send(page.items());
            }
          });
    }
  }

  private void send(List<InboxItem> items) {
    List<InboxItem> fresh =
        items.stream().filter(item -> item.sequence() > inboxSent).toList();
    if (!fresh.isEmpty()) {
      inboxSent = fresh.get(fresh.size() - 1).sequence();
      call.sendMessage(SubscribeResponse.newBuilder()
          .setInboxItems(InboxItems.newBuilder()
              .addAllItems(fresh.stream().map(DeviceMapping::item).toList()))
          .build());
    }
  }

  private void begin(GroupId group, SubscribeGroup request) {
    var unused = sources.opener().open(group, reader, request).whenComplete((opening, failure) -> {
      if (failure == null) {
        Subscription subscription = new Subscription(group, reader);
        groups.put(group, subscription);
        subscription.begin(opening).forEach(call::sendMessage);
        read(group);
      } else {
        end(group, failure);
      }
    });
  }

  /** Whether the reader is in again after the entry that took it out. */
  private void check(GroupId group, Subscription subscription) {
    var unused = sources.opener().view(group, reader).whenComplete((view, failure) -> {
      if (groups.get(group) != subscription) {
        return;
      }
      if (failure == null) {
        goOn(group, subscription, view);
      } else {
        end(group, failure);
      }
    });
  }

  private void goOn(GroupId group, Subscription subscription, GroupView view) {
    subscription.memberAt(view.head().size());
    read(group);
  }

  private void end(GroupId group, Throwable failure) {
    groups.remove(group);
    call.sendMessage(ended(group)
        .setEnded(SubscriptionEnded.newBuilder()
            .setGroupId(group.value())
            .setRefusal(Statuses.inBand(failures.refusal(failure).reason())))
        .build());
  }

  private static SubscribeResponse.Builder ended(GroupId group) {
    return SubscribeResponse.newBuilder()
        .setEnded(SubscriptionEnded.newBuilder().setGroupId(group.value()));
  }
}
