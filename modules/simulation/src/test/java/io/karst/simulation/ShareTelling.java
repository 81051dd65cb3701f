package io.karst.simulation;

import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.ShareTold;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.history.Sharing;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/** Tells devices of the keys that were shared with them, one by one, over lossy ways. */
final class ShareTelling {

  private static final Duration HOP = Duration.ofMillis(2);
  private static final Duration AGAIN = Duration.ofSeconds(3);

  private final World world;
  private final Backend backend;
  private final GroupId group;
  private final Map<DeviceAddress, Queue<ToldShare>> debts = new TreeMap<>();
  private boolean stopped;

  ShareTelling(World world, Backend backend, GroupId group) {
    this.world = world;
    this.backend = backend;
    this.group = group;
  }

  void stop() {
    stopped = true;
  }

  /** In ascending order. */
  void owed(List<Sharing.Recent> shares) {
    for (Sharing.Recent share : shares) {
      Queue<ToldShare> debt = debt(share.to());
      debt.add(
          new ToldShare(group, share.offset(), share.by(), share.fromEpoch(), share.toEpoch()));
      if (debt.size() == 1) {
        tell(share.to());
      }
    }
  }

  private void tell(DeviceAddress to) {
    ToldShare share = debt(to).element();
    boolean arrives = !world.dice().percent(world.weather().requestLost());
    boolean returns = !world.dice().percent(world.weather().answerLost());
    if (arrives) {
      later(HOP, () -> {
        TestInbox<ShareTold> answer = TestInbox.create();
        var command = new MemberCommand.TakeKeyShare(to, share);
        backend.member(to.member()).take(new MemberMessage.TellShare(command, answer.getRef()));
        if (answer.hasMessages() && returns) {
          later(HOP, () -> taken(to, share));
        }
      });
    }
    later(AGAIN, () -> {
      if (isDue(to, share)) {
        tell(to);
      }
    });
  }

  private void taken(DeviceAddress to, ToldShare share) {
    if (isDue(to, share)) {
      debt(to).remove();
      if (!debt(to).isEmpty()) {
        tell(to);
      }
    }
  }

  private boolean isDue(DeviceAddress to, ToldShare share) {
    return share.equals(debt(to).peek());
  }

  private Queue<ToldShare> debt(DeviceAddress to) {
    return debts.computeIfAbsent(to, made -> new ArrayDeque<>());
  }

  private void later(Duration delay, Runnable what) {
    world.time().after(delay, () -> {
      if (!stopped) {
        what.run();
      }
    });
  }
}
