package io.karst.edge.group;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.karst.actors.group.GroupReply;
import io.karst.actors.group.GroupView;
import io.karst.actors.group.Groups;
import io.karst.actors.journal.GroupJournal;
import io.karst.actors.member.MemberReply;
import io.karst.actors.member.Members;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.epoch.EpochRecords;
import io.karst.edge.epoch.EpochStart;
import io.karst.edge.message.Fields;
import io.karst.edge.message.GroupMapping;
import io.karst.edge.message.HistoryMapping;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.FetchKeyShareRequest;
import io.karst.wire.v1.FetchKeyShareResponse;
import io.karst.wire.v1.ReadHistoryRequest;
import io.karst.wire.v1.ReadHistoryResponse;
import io.karst.wire.v1.RequestKeysRequest;
import io.karst.wire.v1.RequestKeysResponse;
import io.karst.wire.v1.ShareHistoryRequest;
import io.karst.wire.v1.ShareHistoryResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is shared of the past: keys given, asked for and fetched, and the log read once more. */
public final class HistoryMethods {

  /** Bytes of one answer, but for a single larger record. */
  private static final int PAGE_BYTES = 256 << 10;

  /** Who asks for keys waits so long before it asks again: an answer takes longer. */
  private static final Duration REQUEST_PAUSE = Duration.ofSeconds(1);

  /** Devices that ask at the same time on one node. */
  private static final int ASKING_MAX = 100_000;

  private final Groups groups;
  private final Members members;
  private final GroupJournal journal;
  private final EpochRecords epochs;
  private final Cache<Asking, Boolean> asked;

  private record Asking(GroupId group, DeviceAddress device) {}

  /** {@code ticker} tells how time passes between the requests of a device. */
  public HistoryMethods(
      Groups groups, Members members, GroupJournal journal, EpochRecords epochs, Ticker ticker) {
    this.groups = groups;
    this.members = members;
    this.journal = journal;
    this.epochs = epochs;
    this.asked = Caffeine.newBuilder()
        .maximumSize(ASKING_MAX)
        .expireAfterWrite(REQUEST_PAUSE)
        .executor(Runnable::run)
        .ticker(ticker)
        .build();
  }

  CompletionStage<ShareHistoryResponse> share(Principal principal, ShareHistoryRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    KeyShare share = HistoryMapping.share(principal.address(), request);
    return groups
        .ask(group, new GroupCommand.ShareHistory(share))
        .thenApply(HistoryMethods::done)
        .thenApply(done -> ShareHistoryResponse.newBuilder()
            .setHead(GroupMapping.head(done.head()))
            .build());
  }

  CompletionStage<FetchKeyShareResponse> fetch(Principal principal, FetchKeyShareRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    long offset = Fields.atLeast(1, "offset", request.getOffset());
    return epochs
        .view(group, principal.address())
        .thenCompose(view -> journal.readFrom(group, offset, 1))
        .thenApply(records -> records.stream()
            .filter(record -> record.firstOffset() == offset)
            .map(StoredRecord::event)
            .filter(GroupEvent.HistoryShared.class::isInstance)
            .map(event -> ((GroupEvent.HistoryShared) event).share())
            .filter(share -> share.to().equals(principal.address()))
            .findFirst()
            .map(HistoryMapping::response)
            .orElseThrow(() -> Refusal.ofField(Reason.FIELD_INVALID, "offset").toException()));
  }

  CompletionStage<RequestKeysResponse> request(Principal principal, RequestKeysRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    List<KeyRequest> requests = HistoryMapping.requests(principal.address(), request);
    return epochs
        .view(group, principal.address())
        .thenCompose(view -> epochs.start(group, view.epoch()))
        .thenCompose(start -> {
          requireRoster(start, principal.address(), Reason.DEVICE_NOT_IN_ROSTER);
          requests.forEach(
              one -> requireRoster(start, one.opening().device(), Reason.DEVICE_NOT_FOUND));
          pace(group, principal.address());
          return ask(requests);
        })
        .thenApply(done -> RequestKeysResponse.getDefaultInstance());
  }

  private static void requireRoster(EpochStart start, DeviceAddress device, Reason otherwise) {
    if (!start.sealedKeys().containsKey(device)) {
      throw new RefusedException(otherwise);
    }
  }

  private void pace(GroupId group, DeviceAddress device) {
    if (asked.asMap().putIfAbsent(new Asking(group, device), true) != null) {
      throw new RefusedException(Reason.OVERLOADED);
    }
  }

  /** That one of them does not answer is no reason not to have asked the others. */
  private CompletionStage<Void> ask(List<KeyRequest> requests) {
    List<CompletableFuture<MemberReply>> asking = requests.stream()
        .map(one -> members
            .ask(one.opening().device().member(), new MemberCommand.TakeKeyRequest(one))
            .toCompletableFuture())
        .toList();
    return CompletableFuture.allOf(asking.toArray(CompletableFuture[]::new));
  }

  CompletionStage<ReadHistoryResponse> read(Principal principal, ReadHistoryRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    DeviceAddress reader = principal.address();
    return epochs
        .view(group, reader)
        .thenCompose(view -> start(view, request)
            .thenCompose(from -> journal
                .readFrom(group, from, PAGE_BYTES)
                .thenCompose(records ->
                    new HistoryPage(view, from, records).readableBy(reader.member(), epochs))));
  }

  private CompletionStage<Long> start(GroupView view, ReadHistoryRequest request) {
    return switch (request.getStartCase()) {
      case EPOCH -> {
        long epoch = Fields.atLeast(1, "epoch", request.getEpoch());
        if (epoch > view.epoch()) {
          throw new RefusedException(Reason.EPOCH_UNKNOWN);
        }
        yield epochs.start(view.group(), epoch).thenApply(EpochStart::offset);
      }
      case OFFSET -> {
        if (request.getOffset() < 0 || request.getOffset() > view.head().size()) {
          throw Refusal.ofField(Reason.FIELD_INVALID, "offset").toException();
        }
        yield CompletableFuture.completedStage(request.getOffset());
      }
      case START_NOT_SET -> throw Refusal.ofField(Reason.FIELD_MISSING, "start").toException();
    };
  }

  private static GroupReply.Done done(GroupReply reply) {
    return reply.match(new GroupReply.Cases<>() {
      @Override
      public GroupReply.Done done(GroupReply.Done done) {
        return done;
      }

      @Override
      public GroupReply.Done refused(GroupReply.Refused refused) {
        throw new RefusedException(refused.reason());
      }
    });
  }
}
