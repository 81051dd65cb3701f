package io.karst.actors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import io.karst.actors.entity.EntitySettings;
import io.karst.actors.feed.FeedSettings;
import io.karst.actors.feed.Feeds;
import io.karst.actors.group.GroupEntity;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.GroupNeeds;
import io.karst.actors.group.GroupReply;
import io.karst.actors.group.GroupSettings;
import io.karst.actors.group.Groups;
import io.karst.actors.health.NodeHealth;
import io.karst.actors.journal.GroupJournal;
import io.karst.actors.member.MemberEntity;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.MemberNeeds;
import io.karst.actors.member.Members;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/**
 * One node's actors: groups, members, the live tails of groups, the reading of their logs, and
 * whether all of it works.
 */
public record KarstActors(
    Groups groups, Members members, GroupJournal journal, Feeds feeds, NodeHealth health) {

  /**
   * Checks Cassandra, joins the cluster, and starts everything on this node. Waits until both are
   * there.
   *
   * @param system made with {@link ActorsConfig#load} and named {@link ActorsConfig#SYSTEM_NAME}
   * @throws ActorsStartException with one line on what is wrong; the caller then terminates the
   *     system
   */
  public static KarstActors start(ActorSystem<?> system, InstantSource clock) {
    MemberNeeds needs = memberNeeds(system, clock);
    return start(system, clock, member -> MemberEntity.create(member, needs));
  }

  /** What members' entities work with. */
  static MemberNeeds memberNeeds(ActorSystem<?> system, InstantSource clock) {
    Config config = system.settings().config().getConfig("karst.actors");
    Duration askTimeout = config.getDuration("ask-timeout");
    var groups = new Groups(system, askTimeout);
    return new MemberNeeds(
        new Members(system, askTimeout),
        (group, list) -> note(groups, group, list),
        clock,
        EntitySettings.from(config, "member"));
  }

  private static CompletionStage<Boolean> note(Groups groups, GroupId group, DeviceList list) {
    return groups
        .ask(group, new GroupCommand.NoteDevices(list))
        .thenApply(GroupReply.Done.class::isInstance);
  }

  /** With members that behave in another way. */
  static KarstActors start(
      ActorSystem<?> system,
      InstantSource clock,
      Function<MemberId, Behavior<MemberMessage>> member) {
    return start(system, clock, member, group -> group);
  }

  /** With members and groups that behave in another way. */
  static KarstActors start(
      ActorSystem<?> system,
      InstantSource clock,
      Function<MemberId, Behavior<MemberMessage>> member,
      UnaryOperator<Behavior<GroupMessage>> group) {
    Config config = system.settings().config().getConfig("karst.actors");
    Duration startTimeout = config.getDuration("start-timeout");
    CqlSession session = Store.connect(system, startTimeout);
    ClusterMembership.join(system, startTimeout);

    Duration askTimeout = config.getDuration("ask-timeout");
    var groups = new Groups(system, askTimeout);
    var members = new Members(system, askTimeout);
    GroupJournal journal = GroupJournal.open(system, session);
    var needs = new GroupNeeds(groups, members, journal, clock, GroupSettings.from(config));

    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(Entity.of(
        GroupEntity.TYPE,
        entity -> group.apply(GroupEntity.create(new GroupId(entity.getEntityId()), needs))));
    sharding.init(
        Entity.of(MemberEntity.TYPE, entity -> member.apply(new MemberId(entity.getEntityId()))));
    Feeds feeds = Feeds.start(system, groups, FeedSettings.from(config.getConfig("feed")));
    return new KarstActors(groups, members, journal, feeds, NodeHealth.of(system, session));
  }
}
