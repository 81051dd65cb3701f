package io.karst.actors.feed;

import io.karst.actors.group.Groups;
import io.karst.domain.id.GroupId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/**
 * The live tails of groups, for readers on this node.
 *
 * <p>A reader demands, is answered once, and demands again: so nothing is sent that nobody can
 * take. A feed knows nothing of membership; whoever demands has checked that before.
 */
public final class Feeds {

  private final ActorRef<FeedKeeper.Message> keeper;

  private Feeds(ActorRef<FeedKeeper.Message> keeper) {
    this.keeper = keeper;
  }

  /** Starts this node's feeds. Once an actor system. */
  public static Feeds start(ActorSystem<?> system, Groups groups, FeedSettings settings) {
    return new Feeds(
        system.systemActorOf(FeedKeeper.create(groups, settings), "feeds", Props.empty()));
  }

  /**
   * Demands what the group's log has from this offset on. Answered once, as soon as there is
   * something; a reader has at most one demand for each group, and a newer one replaces it.
   */
  public void next(GroupId group, long fromOffset, ActorRef<FeedReply> reader) {
    keeper.tell(new FeedKeeper.Next(group, fromOffset, reader));
  }

  /** Takes a demand back. An answer may be on its way already. */
  public void cancel(GroupId group, ActorRef<FeedReply> reader) {
    keeper.tell(new FeedKeeper.Cancel(group, reader));
  }
}
