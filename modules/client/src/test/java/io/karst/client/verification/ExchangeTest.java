package io.karst.client.verification;

import static io.karst.client.verification.Side.NOW;
import static io.karst.client.verification.Side.filled;
import static io.karst.client.verification.Side.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.VerificationState;
import io.karst.crypto.sas.Sas;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verification by a short string: what succeeds, and what is caught. */
class ExchangeTest {

  private static final VerificationState VERIFIED = new VerificationState.Verified();

  private final Party annParty = party("ann", 10);
  private final Party bobParty = party("bob", 20);
  private final Party mallory = party("bob", 60);

  @Test
  void bothSeeTheSameAndBothEndVerified() {
    Side ann = Side.asking(annParty, bobParty);
    Side bob = Side.offered(bobParty, annParty);
    assertThat(bob.state()).isEqualTo(new VerificationState.Offered());
    meet(ann, bob);
    assertThat(ann.shown()).isEqualTo(bob.shown());
    assertThat(ann.shown().emoji()).hasSize(7);
    assertThat(ann.shown().decimals()).hasSize(3);

    bob.say(bob.exchange().confirm());
    Side.settle(ann, bob);
    assertThat(bob.state()).isEqualTo(new VerificationState.Confirmed());
    assertThat(ann.state()).isInstanceOf(VerificationState.Comparing.class);
    ann.say(ann.exchange().confirm());
    Side.settle(ann, bob);
    assertThat(List.of(ann.state(), bob.state())).containsExactly(VERIFIED, VERIFIED);
  }

  @Test
  void whoIsShownOtherKeysSeesAnotherString() {
    Party withOtherChain =
        new Party(bobParty.member(), bobParty.identity(), List.of(filled(99), filled(23)));
    for (Party believed : List.of(mallory, withOtherChain)) {
      Side ann = Side.asking(annParty, believed);
      Side bob = Side.offered(bobParty, annParty);
      meet(ann, bob);
      assertThat(ann.shown()).isNotEqualTo(bob.shown());
    }
  }

  @Test
  void whoConfirmsWithoutLookingIsStillSavedByTheMac() {
    Side ann = Side.asking(annParty, mallory);
    Side bob = Side.offered(bobParty, annParty);
    meet(ann, bob);
    ann.say(ann.exchange().confirm());
    bob.say(bob.exchange().confirm());
    Side.settle(ann, bob);
    assertThat(ann.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.KEYS, false));
  }

  /** The man in the middle has the devices' own keys replaced by nothing, only the fresh ones. */
  @Test
  void aRelayThatPutsItsOwnFreshKeysInBetweenShowsTwoStrings() {
    Side ann = Side.asking(annParty, bobParty);
    Side bob = Side.offered(bobParty, annParty);
    Side falseBob = Side.offered(bobParty, annParty);
    Side falseAnn =
        new Side(Exchange.asking(Side.terms(annParty, bobParty, true), Side.seeded(3), NOW));
    meet(ann, falseBob);
    meet(falseAnn, bob);
    assertThat(ann.shown()).isNotEqualTo(bob.shown());
  }

  @Test
  void aKeyThatWasNotCommittedToEndsIt() {
    Side ann = Side.asking(annParty, bobParty);
    Side bob = Side.offered(bobParty, annParty);
    bob.say(bob.exchange().accept());
    ann.hear(bob.next());
    Bytes searched = Bytes.copyOf(Sas.start(Side.seeded(4)).publicKey().bytes());
    ann.hear(new Step.Key(searched));
    assertThat(ann.state())
        .isEqualTo(new VerificationState.Cancelled(CancelReason.COMMITMENT, false));
  }

  @Test
  void theAnswererKeepsItsKeyUntilItHasSeenTheOther() {
    Side bob = Side.offered(bobParty, annParty);
    assertThat(bob.exchange().accept()).singleElement().isInstanceOf(Step.Accept.class);
    assertThat(bob.exchange().confirm()).isEmpty();
    assertThat(bob.exchange().deny()).isEmpty();
  }

  @Test
  void whoSeesADifferenceEndsItForBoth() {
    Side ann = Side.asking(annParty, bobParty);
    Side bob = Side.offered(bobParty, annParty);
    meet(ann, bob);
    bob.say(bob.exchange().confirm());
    ann.say(ann.exchange().deny());
    Side.settle(ann, bob);
    assertThat(ann.state())
        .isEqualTo(new VerificationState.Cancelled(CancelReason.MISMATCH, false));
    assertThat(bob.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.MISMATCH, true));
  }

  @Test
  void aMacOfAnotherVersionOrWithAnotherBitIsRefused() {
    for (boolean version : List.of(true, false)) {
      Side ann = Side.asking(annParty, bobParty);
      Side bob = Side.offered(bobParty, annParty);
      meet(ann, bob);
      var mac = (Step.Mac) bob.exchange().confirm().get(0);
      byte[] flipped = mac.mac().toArray();
      flipped[31] ^= 1;
      ann.hear(
          version
              ? new Step.Mac(1, mac.mac())
              : new Step.Mac(mac.version(), Bytes.copyOf(flipped)));
      assertThat(ann.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.KEYS, false));
    }
  }

  @Test
  void aChainThatGrewMeanwhileIsTheSameIdentity() {
    Side ann = Side.asking(
        annParty, new Party(bobParty.member(), bobParty.identity(), List.of(filled(22))));
    Side bob = Side.offered(bobParty, annParty);
    meet(ann, bob);
    assertThat(ann.shown()).isEqualTo(bob.shown());
    assertThat(ann.exchange().learn(bobParty)).isEmpty();
    ann.say(ann.exchange().confirm());
    bob.say(bob.exchange().confirm());
    Side.settle(ann, bob);
    assertThat(ann.state()).isEqualTo(VERIFIED);
  }

  @Test
  void anotherIdentityInTheMiddleEndsIt() {
    Side ann = Side.asking(annParty, bobParty);
    assertThat(ann.exchange().learn(mallory)).containsExactly(new Step.Cancel(CancelReason.KEYS));
    Party named = new Party(new MemberId("mallory"), bobParty.identity(), bobParty.chain());
    assertThat(Side.asking(annParty, bobParty).exchange().learn(named)).hasSize(1);
  }

  @Test
  void itEndsAfterTenMinutes() {
    Side ann = Side.asking(annParty, bobParty);
    assertThat(ann.exchange().tick(NOW.plus(Exchange.TIME_MAX).minusMillis(1))).isEmpty();
    assertThat(ann.exchange().tick(NOW.plus(Exchange.TIME_MAX)))
        .containsExactly(new Step.Cancel(CancelReason.TIMEOUT));
    assertThat(ann.exchange().tick(NOW.plus(Exchange.TIME_MAX))).isEmpty();
    assertThat(ann.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.TIMEOUT, false));
  }

  @Test
  void anOldRequestOrOneOfTheFutureIsNotAnswered() {
    Step.Request request = Side.asking(annParty, bobParty).exchange().request();
    assertThat(Exchange.isFresh(request, NOW)).isTrue();
    assertThat(Exchange.isFresh(request, NOW.plus(Duration.ofMinutes(10)))).isFalse();
    assertThat(Exchange.isFresh(request, NOW.minus(Duration.ofMinutes(5)))).isFalse();
    assertThat(Exchange.refusal(request)).isEmpty();
    assertThat(Exchange.refusal(new Step.Request(List.of("dance/1"), NOW)))
        .contains(new Step.Cancel(CancelReason.METHOD));
  }

  @Test
  void anUnknownWayToCompareEndsIt() {
    Side ann = Side.asking(annParty, bobParty);
    ann.hear(new Step.Accept("dance/1", filled(1)));
    assertThat(ann.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.METHOD, false));
  }

  @Test
  void aKeyThatContributesNothingEndsIt() {
    Side bob = Side.offered(bobParty, annParty);
    bob.say(bob.exchange().accept());
    bob.hear(new Step.Key(filled(0)));
    assertThat(bob.state())
        .isEqualTo(new VerificationState.Cancelled(CancelReason.UNEXPECTED, false));
  }

  static Stream<Supplier<Side>> live() {
    Party ann = party("ann", 10);
    Party bob = party("bob", 20);
    return Stream.of(
        () -> Side.asking(ann, bob),
        () -> Side.offered(ann, bob),
        () -> {
          Side side = Side.offered(ann, bob);
          var unused = side.exchange().accept();
          return side;
        },
        () -> {
          Side side = Side.asking(ann, bob);
          side.hear(Side.offered(bob, ann).exchange().accept().get(0));
          return side;
        },
        () -> compared(ann, bob),
        () -> {
          Side side = compared(ann, bob);
          var unused = side.exchange().confirm();
          return side;
        },
        () -> new Side(
            Exchange.showing(Side.terms(ann, bob, false), Side.GROUP, Side.seeded(1), NOW)));
  }

  private static Side compared(Party asker, Party answerer) {
    Side side = Side.asking(asker, answerer);
    Side other = Side.offered(/* self= */ answerer, /* peer= */ asker);
    meet(side, other);
    return side;
  }

  /** In each state, each step that cannot follow there ends the exchange; steps that follow too. */
  @ParameterizedTest
  @MethodSource("live")
  void whateverCannotFollowEndsItAndTheEndIsFinal(Supplier<Side> begun) {
    List<Step> forged = List.of(
        new Step.Request(List.of(Terms.METHOD), NOW),
        new Step.Accept("", filled(1)),
        new Step.Key(filled(0)),
        new Step.Mac(1, filled(1)),
        new Step.Scanned(1, filled(1)),
        new Step.Cancel(CancelReason.GIVEN_UP));
    for (Step step : forged) {
      Side side = begun.get();
      side.hear(step);
      VerificationState end = side.state();
      assertThat(end).as("%s", step).isInstanceOf(VerificationState.Cancelled.class);
      forged.forEach(side::hear);
      side.say(side.exchange().accept());
      side.say(side.exchange().confirm());
      side.say(side.exchange().deny());
      side.say(side.exchange().cancel());
      side.say(side.exchange().tick(NOW.plus(Duration.ofDays(1))));
      assertThat(side.state()).isEqualTo(end);
    }
  }

  /** Each step of a good exchange, heard twice. */
  @Test
  void aRepeatedStepEndsIt() {
    for (int repeated = 0; repeated < 3; repeated++) {
      Side ann = Side.asking(annParty, bobParty);
      Side bob = Side.offered(bobParty, annParty);
      bob.say(bob.exchange().accept());
      Step accept = bob.next();
      ann.hear(accept);
      Step key = ann.next();
      bob.hear(key);
      ann.hear(bob.next());
      Step mac = bob.exchange().confirm().get(0);
      ann.hear(mac);
      Side hearer = repeated == 1 ? bob : ann;
      hearer.hear(List.of(accept, key, mac).get(repeated));
      assertThat(hearer.state())
          .isEqualTo(new VerificationState.Cancelled(CancelReason.UNEXPECTED, false));
    }
  }

  /** From the request to the short string. */
  private static void meet(Side asker, Side answerer) {
    answerer.say(answerer.exchange().accept());
    Side.settle(asker, answerer);
  }
}
