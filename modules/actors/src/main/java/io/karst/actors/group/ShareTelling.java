package io.karst.actors.group;

import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.ShareTold;
import io.karst.domain.device.MemberCommand.TakeKeyShare;
import io.karst.domain.history.Sharing;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells devices of the keys that were shared with them, again and again until each has answered.
 *
 * <p>A child of the group's entity. A device is told of shares in ascending order, one at a time,
 * since its inbox takes them in that order only. After a crash the entity says anew which shares
 * are young; what was told already is answered at once. A share that finds no room here is found by
 * its receiver in the log.
 */
final class ShareTelling extends AbstractBehavior<ShareTelling.Message> {

  /** More shares to one device in a row than its inbox holds help nobody. */
  static final int WAITING_MAX = 128;

  /** As many devices as can share at the same time in a group of the largest size. */
  static final int DEVICES_MAX = 1000;

  /** What it takes. It never travels. */
  sealed interface Message {}

  /** These shares may not have been told, in ascending order. */
  record Owed(List<Sharing.Recent> shares) implements Message {
    Owed {
      shares = List.copyOf(shares);
    }
  }

  private record Taken(ShareTold answer) implements Message {}

  private record Again(DeviceAddress to) implements Message {}

  /** What one device is still to be told; the first is being told. */
  private static final class Debt {
    private final Queue<ToldShare> shares = new ArrayDeque<>();
    private int attempts;
  }

  private final GroupId group;
  private final GroupNeeds needs;
  private final TimerScheduler<Message> timers;
  private final ActorRef<ShareTold> ear;
  private final Map<DeviceAddress, Debt> debts = new HashMap<>();

  private ShareTelling(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      GroupId group,
      GroupNeeds needs) {
    super(context);
    this.group = group;
    this.needs = needs;
    this.timers = timers;
    this.ear = context.messageAdapter(ShareTold.class, Taken::new);
  }

  static Behavior<Message> create(GroupId group, GroupNeeds needs) {
    return Behaviors.withTimers(
        timers -> Behaviors.setup(context -> new ShareTelling(context, timers, group, needs)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Owed.class, this::onOwed)
        .onMessage(Taken.class, this::onTaken)
        .onMessage(Again.class, this::onAgain)
        .build();
  }

  private Behavior<Message> onOwed(Owed owed) {
    for (Sharing.Recent share : owed.shares()) {
      Debt debt = debts.get(share.to());
      if (debt == null && debts.size() < DEVICES_MAX) {
        debt = new Debt();
        debts.put(share.to(), debt);
      }
      if (debt != null && debt.shares.size() < WAITING_MAX) {
        debt.shares.add(
            new ToldShare(group, share.offset(), share.by(), share.fromEpoch(), share.toEpoch()));
        if (debt.shares.size() == 1) {
          tell(share.to(), debt);
        }
      }
    }
    return this;
  }

  private Behavior<Message> onTaken(Taken taken) {
    DeviceAddress to = taken.answer().to();
    Debt debt = debts.get(to);
    if (debt == null || debt.shares.element().offset() != taken.answer().offset()) {
      return this;
    }
    timers.cancel(to);
    debt.shares.remove();
    debt.attempts = 0;
    if (debt.shares.isEmpty()) {
      debts.remove(to);
    } else {
      tell(to, debt);
    }
    return this;
  }

  /** An entity that nobody talks to leaves memory: being late is also a reason to stay. */
  private Behavior<Message> onAgain(Again again) {
    Debt debt = debts.get(again.to());
    if (debt != null) {
      debt.attempts++;
      needs.groups().tell(group, new GroupMessage.StayAwake());
      tell(again.to(), debt);
    }
    return this;
  }

  private void tell(DeviceAddress to, Debt debt) {
    var command = new TakeKeyShare(to, debt.shares.element());
    needs.members().tell(to.member(), new MemberMessage.TellShare(command, ear));
    GroupSettings settings = needs.settings();
    timers.startSingleTimer(
        to, new Again(to), settings.retryDelay(debt.attempts).plus(settings.answerTimeout()));
  }
}
