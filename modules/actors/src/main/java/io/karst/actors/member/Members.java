package io.karst.actors.member;

import io.karst.actors.entity.Entities;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * All members, wherever in the cluster they live.
 *
 * <p>The asking methods always complete with an answer: {@link Reason#UNAVAILABLE} when none came
 * in time. Nobody knows then whether the command was carried out; repeating it is safe, but a
 * repeated claim may cost a second one-time key.
 */
public final class Members {

  /**
   * An inbox's watcher says this often that it is still there; it is answered, and so learns what
   * it missed.
   */
  public static final Duration WATCH_RENEWAL = Duration.ofSeconds(20);

  /** A watcher that was not heard of for so long is forgotten: three renewals. */
  public static final Duration WATCH_LEASE = WATCH_RENEWAL.multipliedBy(3);

  /** The largest roster is looked up for one commit. */
  public static final int LOOKUPS_MAX = 1000;

  private final Entities<MemberMessage> entities;

  /** Waits for each answer at most {@code timeout}. */
  public Members(ActorSystem<?> system, Duration timeout) {
    this(Entities.sharded(system, MemberEntity.TYPE, timeout));
  }

  public Members(Entities<MemberMessage> entities) {
    this.entities = entities;
  }

  /** Sends a message. */
  public void tell(MemberId member, MemberMessage message) {
    entities.tell(member.value(), message);
  }

  /** Asks for a command. */
  public CompletionStage<MemberReply> ask(MemberId member, MemberCommand command) {
    return ask(
        member,
        replyTo -> new MemberMessage.Ask(command, replyTo),
        new MemberReply.Refused(Reason.UNAVAILABLE));
  }

  /** Who a member is. */
  public CompletionStage<AccountReply> account(MemberId member) {
    return ask(member, MemberMessage.Look::new, new AccountReply.Refused(Reason.UNAVAILABLE));
  }

  /** Versions of a member's device list after one, oldest first. */
  public CompletionStage<ChainReply> chain(
      MemberId member, long afterVersion, DeviceAddress reader) {
    return ask(
        member,
        replyTo -> new MemberMessage.FetchChain(afterVersion, reader, replyTo),
        new ChainReply.Refused(Reason.UNAVAILABLE));
  }

  /**
   * Whether a device is there; from then on {@code watcher} is told when it is revoked, until the
   * lease ends. Fails with {@link MembersUnavailable} when nobody answers.
   */
  public CompletionStage<Boolean> watch(DeviceAddress device, ActorRef<DeviceNews> watcher) {
    return entities
        .<DeviceNews>ask(
            device.member().value(),
            replyTo -> new MemberMessage.WatchDevice(device.device(), watcher, replyTo))
        .handle((news, failure) -> {
          if (failure != null) {
            throw new MembersUnavailable();
          }
          return news.present();
        });
  }

  /** The next items of a device's inbox, {@code limit} at most. */
  public CompletionStage<InboxReply> inbox(DeviceAddress device, long afterSequence, int limit) {
    return ask(
        device.member(),
        replyTo -> new MemberMessage.FetchInbox(device.device(), afterSequence, limit, replyTo),
        new InboxReply.Refused(Reason.UNAVAILABLE));
  }

  /** What became of a group's keys that were sealed to a member's devices. */
  public CompletionStage<KeyTraceReply> trace(MemberId member, GroupId group, EpochRange epochs) {
    return ask(
        member,
        replyTo -> new MemberMessage.TraceKeys(group, epochs, replyTo),
        new KeyTraceReply.Refused(Reason.UNAVAILABLE));
  }

  /**
   * The newest device lists of those among {@code members} who are registered and may be in a
   * group, which an auditor may not; {@value #LOOKUPS_MAX} at most. Fails with
   * {@link MembersUnavailable} when one did not answer: a list that is missing means that nobody
   * registered.
   */
  public CompletionStage<Map<MemberId, DeviceList>> registered(Set<MemberId> members) {
    if (members.size() > LOOKUPS_MAX) {
      throw new IllegalArgumentException("at most " + LOOKUPS_MAX + " members");
    }
    return all(members.stream().map(this::deviceList).toList()).thenApply(lists -> {
      var registered = new HashMap<MemberId, DeviceList>();
      lists.forEach(found -> found.forEach(list -> registered.put(list.member(), list)));
      return Map.copyOf(registered);
    });
  }

  /** None or one. */
  private CompletionStage<List<DeviceList>> deviceList(MemberId member) {
    return account(member)
        .thenApply(reply -> reply.match(new AccountReply.Cases<List<DeviceList>>() {
          @Override
          public List<DeviceList> known(AccountReply.Known known) {
            return known.role() == AccountRole.MEMBER ? List.of(known.devices()) : List.of();
          }

          @Override
          public List<DeviceList> refused(AccountReply.Refused refused) {
            if (refused.reason() == Reason.UNAVAILABLE) {
              throw new MembersUnavailable();
            }
            return List.of();
          }
        }));
  }

  private <R> CompletionStage<R> ask(
      MemberId member, Function<ActorRef<R>, MemberMessage> message, R otherwise) {
    return entities.ask(member.value(), message).exceptionally(late -> otherwise);
  }

  private static <T> CompletionStage<List<T>> all(Collection<CompletionStage<T>> stages) {
    List<CompletableFuture<T>> futures =
        stages.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }
}
