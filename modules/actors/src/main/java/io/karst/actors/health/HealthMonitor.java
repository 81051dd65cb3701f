package io.karst.actors.health;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** Probes one after the other, for as long as the node lives, and tells each change. */
final class HealthMonitor extends AbstractBehavior<HealthMonitor.Message> {

  /** What the monitor tells itself. */
  sealed interface Message {}

  private enum Due implements Message {
    PROBE
  }

  private record Probed(boolean answered) implements Message {}

  private final TimerScheduler<Message> timers;
  private final JournalProbe probe;
  private final HealthSettings settings;
  private final NodeHealth.Listener listener;
  private final Cluster cluster;
  private Judgement judgement = Judgement.STARTED;

  private HealthMonitor(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      JournalProbe probe,
      HealthSettings settings,
      NodeHealth.Listener listener) {
    super(context);
    this.timers = timers;
    this.probe = probe;
    this.settings = settings;
    this.listener = listener;
    this.cluster = Cluster.get(context.getSystem());
  }

  static Behavior<Message> create(
      JournalProbe probe, HealthSettings settings, NodeHealth.Listener listener) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
      listener.changed(Judgement.STARTED.serving());
      timers.startSingleTimer(Due.PROBE, settings.interval());
      return new HealthMonitor(context, timers, probe, settings, listener);
    }));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Due.class, due -> ask())
        .onMessage(Probed.class, this::judge)
        .build();
  }

  private Behavior<Message> ask() {
    getContext()
        .pipeToSelf(probe.ask(), (answered, failure) -> new Probed(Boolean.TRUE.equals(answered)));
    return this;
  }

  private Behavior<Message> judge(Probed probed) {
    boolean member = cluster.selfMember().status() == MemberStatus.up();
    Judgement now = judgement.after(member, probed.answered(), settings.failuresMax());
    if (now.serving() != judgement.serving()) {
      if (now.serving()) {
        getContext().getLog().info("serving again");
      } else {
        getContext()
            .getLog()
            .warn("not serving: {}", member ? "Cassandra does not answer" : "not in the cluster");
      }
      listener.changed(now.serving());
    }
    judgement = now;
    timers.startSingleTimer(Due.PROBE, settings.interval());
    return this;
  }
}
