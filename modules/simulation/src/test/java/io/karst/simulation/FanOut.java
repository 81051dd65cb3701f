package io.karst.simulation;

import io.karst.actors.group.FanOutPlan;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.member.Delivered;
import io.karst.actors.member.MemberMessage;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.log.StoredRecord;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/** Carries out the real plan of telling members of their keys, over lossy ways. */
final class FanOut {

  private static final int TELLING_MAX = 8;
  private static final Duration HOP = Duration.ofMillis(2);
  private static final Duration LATE = Duration.ofSeconds(3);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final World world;
  private final Backend backend;
  private final GroupId group;
  private final FanOutPlan plan = new FanOutPlan(TELLING_MAX);
  private boolean stopped;

  FanOut(World world, Backend backend, GroupId group) {
    this.world = world;
    this.backend = backend;
    this.group = group;
  }

  void stop() {
    stopped = true;
  }

  void started(GroupEvent.EpochStarted event, long delivered) {
    plan.owe(delivered, event.manifest().manifest().epoch());
    plan.admit(event);
    tell();
  }

  void owed(long delivered, long current) {
    plan.owe(delivered, current);
    readOn();
    tell();
  }

  private void readOn() {
    long room = plan.room();
    if (room > 0) {
      long first = plan.admitted() + 1;
      List<StoredRecord> records = backend
          .log()
          .epochs(group, first, first + room - 1)
          .toCompletableFuture()
          .join();
      records.stream()
          .map(StoredRecord::event)
          .filter(GroupEvent.EpochStarted.class::isInstance)
          .map(GroupEvent.EpochStarted.class::cast)
          .forEach(plan::admit);
    }
  }

  private void tell() {
    for (FanOutPlan.Telling telling : plan.next()) {
      boolean arrives = !world.dice().percent(world.weather().requestLost());
      boolean returns = !world.dice().percent(world.weather().answerLost());
      MemberId member = telling.member();
      if (arrives) {
        later(HOP, () -> {
          TestInbox<Delivered> answer = TestInbox.create();
          backend
              .member(member)
              .take(new MemberMessage.Deliver(telling.command(), answer.getRef()));
          if (backend.member(member).isUp() && answer.hasMessages() && returns) {
            later(HOP, () -> taken(member, telling.command().epoch()));
          }
        });
      }
      if (!arrives || !returns || !world.weather().equals(Weather.CALM)) {
        later(LATE, () -> late(member));
      }
    }
  }

  private void taken(MemberId member, long epoch) {
    plan.taken(member, epoch)
        .forEach(done -> backend.group(group).take(new GroupMessage.KeysTaken(done)));
    readOn();
    tell();
  }

  /** Also of a member that did answer: being told twice does no harm. */
  private void late(MemberId member) {
    if (plan.late(member) > 0) {
      later(AGAIN, () -> {
        plan.again(member);
        tell();
      });
    }
    tell();
  }

  private void later(Duration delay, Runnable what) {
    world.time().after(delay, () -> {
      if (!stopped) {
        what.run();
      }
    });
  }
}
