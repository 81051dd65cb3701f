package io.karst.acceptance.scenario;

import static io.karst.acceptance.scenario.Town.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.LocalMistake;
import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.ShortString;
import io.karst.client.api.verification.Trust.Standing;
import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.VerificationState;
import io.karst.client.api.verification.VerificationState.Cancelled;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who runs a server can play each of two people for the other, with keys of its own: to Ann it
 * shows another Bob, to Bob another Ann, and it carries their words from one group to the other.
 * Nothing of that can be seen in either group; it shows as soon as the two compare.
 */
class ImpostorIT {

  @RegisterExtension
  private final Town annsTown = new Town();

  @RegisterExtension
  private final Town bobsTown = new Town(Site.forgetful());

  private final Person ann = annsTown.person("ann");
  private final Person bob = bobsTown.person("bob");
  private final Person falseBob = annsTown.impostorOf(bob);
  private final Person falseAnn = bobsTown.impostorOf(ann);
  private final Group anns = founded(ann, falseBob);
  private final Group bobs = founded(falseAnn, bob);

  @BeforeEach
  void everyWordIsCarriedAcross() {
    ann.says(anns, "are you bob?");
    falseAnn.says(bobs, Hearing.text(falseBob.hears(anns, "are you bob?")));
    bob.hears(bobs, "are you bob?");
    bob.says(bobs, "I am");
    falseBob.says(anns, Hearing.text(falseAnn.hears(bobs, "I am")));
    ann.hears(anns, "I am");
  }

  @Test
  void theScreensDifferAndNobodyIsVerifiedThoughTheImpostorSaysThatTheyDoNot() {
    CompletableFuture<Verification> annStarts = ann.meets(anns, falseBob);
    CompletableFuture<Verification> bobStarts = bob.meets(bobs, falseAnn);
    Verification besideAnn = get(falseBob.meets(anns, ann));
    Verification besideBob = get(falseAnn.meets(bobs, bob));
    Verification annSees = get(annStarts);
    Verification bobSees = get(bobStarts);
    assertThat(shown(annSees)).isEqualTo(shown(besideAnn));
    assertThat(shown(bobSees)).isEqualTo(shown(besideBob));
    assertThat(shown(annSees).titles()).isNotEqualTo(shown(bobSees).titles());
    assertThat(shown(annSees).decimals()).isNotEqualTo(shown(bobSees).decimals());
    get(besideAnn.confirm());
    get(besideBob.confirm());

    get(annSees.deny());
    get(bobSees.deny());
    assertThat(annSees.state()).isEqualTo(new Cancelled(CancelReason.MISMATCH, false));
    assertThat(bobSees.state()).isEqualTo(new Cancelled(CancelReason.MISMATCH, false));
    assertThatNobodyIsVerified();
  }

  @Test
  void theCodeOnTheOtherScreenIsOfOtherKeys() {
    Verification showing = get(bob.device().verifications().show(bobs.id(), falseAnn.address()));
    VerificationCode code = ((VerificationState.Showing) showing.state()).code();
    assertThatThrownBy(() -> get(ann.device().verifications().scanned(code)))
        .as("Ann is in no such group")
        .isInstanceOf(LocalMistake.class);
    // Suppose that the server has found a way to let both groups have one name.
    var ofAnnsGroup = new VerificationCode(
        anns.id(), code.transactionId(), code.shower(), code.reader(), code.secret());
    Verification read = get(ann.device().verifications().scanned(ofAnnsGroup));
    assertThat(read.state()).isEqualTo(new Cancelled(CancelReason.KEYS, false));
    assertThatNobodyIsVerified();
  }

  /** None of the town's: a verification leaves steps in the log that nobody has said. */
  private static Group founded(Person founder, Person other) {
    Group group = new Group(
        founder,
        get(founder.device().createGroup("friends", List.of(other.id()))).id());
    founder.listensTo(group);
    other.listensTo(group);
    return group;
  }

  private static ShortString shown(Verification side) {
    VerificationState state = side.state();
    while (!(state instanceof VerificationState.Comparing comparing)) {
      assertThat(state.isEnd()).as("%s", state).isFalse();
      state = get(side.next(state));
    }
    return comparing.shown();
  }

  private void assertThatNobodyIsVerified() {
    assertThat(ann.device().verifications().trust(bob.id()).standing())
        .isEqualTo(Standing.FIRST_USE);
    assertThat(bob.device().verifications().trust(ann.id()).standing())
        .isEqualTo(Standing.FIRST_USE);
    assertThat(ann.device().verifications().verified()).isEmpty();
    assertThat(bob.device().verifications().verified()).isEmpty();
  }
}
