package io.karst.actors.member;

import io.karst.domain.refusal.Reason;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stands before a member's persistent behavior, in the same actor: while the journal cannot be
 * written, and until the entity has recovered from that, everybody is refused at once instead of
 * waiting.
 *
 * <p>Mutable; owned by one entity.
 */
final class MemberGate extends BehaviorInterceptor<MemberMessage, MemberMessage>
    implements MemberMessage.Cases<Boolean> {

  private boolean down;

  MemberGate() {
    super(MemberMessage.class);
  }

  void down() {
    down = true;
  }

  void up() {
    down = false;
  }

  @Override
  public Behavior<MemberMessage> aroundReceive(
      TypedActorContext<MemberMessage> context,
      MemberMessage message,
      ReceiveTarget<MemberMessage> target) {
    return down && message.match(this) ? Behaviors.same() : target.apply(context, message);
  }

  @Override
  public Boolean ask(MemberMessage.Ask message) {
    message.replyTo().tell(new MemberReply.Refused(Reason.UNAVAILABLE));
    return true;
  }

  /** The group tells again by itself. */
  @Override
  public Boolean deliver(MemberMessage.Deliver message) {
    return true;
  }

  /** The group tells again by itself. */
  @Override
  public Boolean tellShare(MemberMessage.TellShare message) {
    return true;
  }

  @Override
  public Boolean look(MemberMessage.Look message) {
    message.replyTo().tell(new AccountReply.Refused(Reason.UNAVAILABLE));
    return true;
  }

  @Override
  public Boolean fetchChain(MemberMessage.FetchChain message) {
    message.replyTo().tell(new ChainReply.Refused(Reason.UNAVAILABLE));
    return true;
  }

  @Override
  public Boolean watchDevice(MemberMessage.WatchDevice message) {
    return true;
  }

  /** The group is told again after the recovery. */
  @Override
  public Boolean groupsTold(MemberMessage.GroupsTold message) {
    return true;
  }

  @Override
  public Boolean stayAwake(MemberMessage.StayAwake message) {
    return false;
  }

  @Override
  public Boolean fetchInbox(MemberMessage.FetchInbox message) {
    message.replyTo().tell(new InboxReply.Refused(Reason.UNAVAILABLE));
    return true;
  }

  @Override
  public Boolean traceKeys(MemberMessage.TraceKeys message) {
    message.replyTo().tell(new KeyTraceReply.Refused(Reason.UNAVAILABLE));
    return true;
  }

  @Override
  public Boolean watchInbox(MemberMessage.WatchInbox message) {
    return false;
  }

  @Override
  public Boolean unwatchInbox(MemberMessage.UnwatchInbox message) {
    return false;
  }
}
