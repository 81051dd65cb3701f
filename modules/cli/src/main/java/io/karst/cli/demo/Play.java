package io.karst.cli.demo;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.KarstException;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The play, scene by scene. Each scene tells what it does and checks what Karst promises. One
 * thread.
 */
final class Play {

  private static final String BEFORE = "the key is under the third stone";
  private static final String AFTER = "bob need not know this";
  private static final String ONCE = "this must arrive once";

  private static final Set<UnreadableReason> BEFORE_JOINING =
      Set.of(UnreadableReason.NOT_A_MEMBER, UnreadableReason.DEVICE_NOT_IN_ROSTER);

  private final Narrator narrator;

  Play(Narrator narrator) {
    this.narrator = narrator;
  }

  /** Two people make a group and talk. Answers their seats: ann's, bob's. */
  List<Seat> talk(Performer first, Performer second) {
    narrator.scene("Two people make a group and talk");
    Seat ann = Seat.founding(first, "caves", List.of(second.member()));
    Seat bob = Seat.joining(second, ann.channel().id());
    narrator.tell("ann makes group " + ann.channel().id() + " with bob: epoch 1");
    narrator.tell("ann: " + BEFORE);
    ann.say(BEFORE);
    narrator.check("bob reads what ann wrote", bob.hears(BEFORE).isPresent());
    narrator.tell("bob: i found it");
    bob.say("i found it");
    narrator.check("ann reads what bob wrote", ann.hears("i found it").isPresent());
    return List.of(ann, bob);
  }

  /** Somebody joins and reads what is said from then on, nothing older. Answers the seat. */
  Seat join(Seat ann, Performer third) {
    narrator.scene("Carol joins, and cannot read what was said before");
    long epoch = ann.await(ann.channel().add(third.member()));
    narrator.tell("ann adds carol: epoch " + epoch + " begins, with a fresh key");
    Seat carol = Seat.joining(third, ann.channel().id());
    carol.ears().event(event -> event instanceof ChannelEvent.CaughtUp);
    narrator.check("carol's device opens nothing of before", nothingOlderReadable(carol));
    narrator.tell("ann: welcome carol");
    ann.say("welcome carol");
    narrator.check(
        "carol reads what is said from now on", carol.hears("welcome carol").isPresent());
    narrator.check("carol still has not read the old message", carol.ears().count(BEFORE) == 0);
    return carol;
  }

  /** Somebody is removed and reads nothing more. */
  void remove(Seat ann, Seat bob, Seat carol) {
    narrator.scene("Bob is removed, and reads nothing more");
    long epochBefore = bob.channel().epoch();
    long epoch = ann.await(ann.channel().remove(bob.member()));
    narrator.tell("ann removes bob: epoch " + epoch + " begins, with a key that bob was not sent");
    narrator.check("the new key was sealed to carol", ann.sealedTo(carol.member()));
    narrator.check("the new key was not sealed to bob", !ann.sealedTo(bob.member()));
    narrator.tell("ann: " + AFTER);
    ann.say(AFTER);
    narrator.check("carol reads it", carol.hears(AFTER).isPresent());
    narrator.check("bob's stream has ended", bob.ears().ended());
    narrator.check("bob heard nothing of it", bob.ears().count(AFTER) == 0);
    narrator.check(
        "bob's device is still at epoch " + epochBefore, bob.channel().epoch() < epoch);
    narrator.check("bob cannot speak any more", refused(bob.channel().send("let me in"), bob));
  }

  /** The server's answer to a message is lost; the retry gets the first receipt. */
  void loseAnAnswer(Seat ann, Seat carol, LossyLink link) {
    narrator.scene("An answer is lost, and the retry gets the first receipt");
    link.loseAnswers();
    narrator.tell("ann: " + ONCE + "   (the server's answer is swallowed)");
    CompletableFuture<Receipt> pending = ann.channel().send(ONCE);
    Optional<ChannelEvent.Message> heard = carol.hears(ONCE);
    narrator.check("the message is in the log: carol reads it", heard.isPresent());
    narrator.check("ann does not know that yet", !pending.isDone());
    link.cutAndHeal();
    narrator.tell("the line is cut; ann's device connects again and repeats itself");
    Receipt receipt = ann.await(pending);
    narrator.check(
        "the repetition got the receipt of the first: offset " + receipt.offset(),
        heard
            .map(ChannelEvent.Message::offset)
            .filter(at -> at == receipt.offset())
            .isPresent());
    ann.say("and on we go");
    narrator.check("the talk goes on", carol.hears("and on we go").isPresent());
    narrator.check("carol heard it once", carol.ears().count(ONCE) == 1);
  }

  private static boolean nothingOlderReadable(Seat carol) {
    return carol.ears().all().stream()
        .noneMatch(event -> event instanceof ChannelEvent.Message
            || (event instanceof ChannelEvent.Unreadable unreadable
                && !BEFORE_JOINING.contains(unreadable.why())));
  }

  private static boolean refused(CompletableFuture<Receipt> attempt, Seat seat) {
    try {
      seat.await(attempt);
      return false;
    } catch (KarstException e) {
      return true;
    }
  }
}
