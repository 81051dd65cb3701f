package io.karst.client.verification;

import static io.karst.client.verification.Side.NOW;
import static io.karst.client.verification.Side.party;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.Content;
import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.VerificationCode;
import io.karst.client.api.verification.VerificationState;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verification by a code, and the forms of codes and steps. */
class CodeTest {

  private final Party ann = party("ann", 10);
  private final Party bob = party("bob", 20);
  private final Side shower =
      new Side(Exchange.showing(Side.terms(ann, bob, false), Side.GROUP, Side.seeded(5), NOW));

  @Test
  void whoReadsTheCodeIsVerifiedAtOnceAndTheOtherOnceItHasLooked() {
    VerificationCode code = VerificationCode.parse(code().text());
    Exchange reader = reading(bob, ann, code);
    assertThat(reader.state()).isEqualTo(new VerificationState.Verified());
    shower.hear(reader.answer(code));
    assertThat(shower.state()).isEqualTo(new VerificationState.Scanned());
    shower.say(shower.exchange().confirm());
    assertThat(shower.state()).isEqualTo(new VerificationState.Verified());
    assertThat(shower.hasSaid()).isFalse();
  }

  @Test
  void whoKnowsOtherKeysOfTheShowerIsToldAndTellsIt() {
    Exchange reader = reading(bob, party("ann", 60), code());
    assertThat(reader.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.KEYS, false));
    shower.hear(reader.answer(code()));
    assertThat(shower.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.KEYS, true));
  }

  @Test
  void whoIsShownWithOtherKeysIsToldToo() {
    assertThat(reading(party("bob", 60), ann, code()).state())
        .isEqualTo(new VerificationState.Cancelled(CancelReason.KEYS, false));
  }

  @Test
  void whoHasNotReadTheSecretCannotAnswer() {
    VerificationCode guessed = new VerificationCode(
        Side.GROUP,
        code().transactionId(),
        code().shower(),
        code().reader(),
        Bytes.copyOf(new byte[VerificationCode.SECRET_LENGTH]));
    shower.hear(reading(bob, ann, guessed).answer(guessed));
    assertThat(shower.state()).isEqualTo(new VerificationState.Cancelled(CancelReason.KEYS, false));
  }

  @Test
  void theShowerStillLooksAtTheOtherScreen() {
    shower.hear(reading(bob, ann, code()).answer(code()));
    shower.say(shower.exchange().deny());
    assertThat(shower.next()).isEqualTo(new Step.Cancel(CancelReason.MISMATCH));
  }

  @Test
  void aCodeWithAWrongCharacterIsNotRead() {
    String text = code().text();
    assertThat(VerificationCode.parse(" " + text.substring(0, 40) + "\n" + text.substring(40)))
        .isEqualTo(code());
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String wrong = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> VerificationCode.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(code().toString()).isEqualTo("VerificationCode[ann/phone to bob/phone]");
  }

  @Test
  void stepsAreReadAsTheyWereWritten() {
    Bytes id = Side.terms(ann, bob, true).id();
    DeviceAddress to = bob.address();
    List<Step> steps = List.of(
        new Step.Request(List.of("sas/1", "dance/1"), NOW),
        new Step.Accept("sas/1", Side.filled(1)),
        new Step.Key(Side.filled(2)),
        new Step.Mac(3, Side.filled(3)),
        new Step.Scanned(4, Side.filled(4)));
    for (Step step : steps) {
      var addressed = new StepForm.Addressed(id, to, step);
      Content content = StepForm.encode(addressed);
      assertThat(content.mediaType()).isEqualTo(StepForm.MEDIA_TYPE);
      assertThat(StepForm.decode(content)).contains(addressed);
    }
  }

  @ParameterizedTest
  @EnumSource(CancelReason.class)
  void reasonsAreReadAsTheyWereWritten(CancelReason reason) {
    var addressed = new StepForm.Addressed(
        Side.terms(ann, bob, true).id(), bob.address(), new Step.Cancel(reason));
    assertThat(StepForm.decode(StepForm.encode(addressed))).contains(addressed);
    assertThat(reason.sentence()).isNotEmpty();
  }

  @Test
  void whatIsNoStepIsPassedBy() {
    String good = "\"transactionId\":\"ABEiM0RVZneImaq7zN3u/w==\",\"toMemberId\":\"bob\"";
    for (String text : List.of(
        "",
        "nothing",
        "{}",
        "{" + good + ",\"toDeviceId\":\"phone\"}",
        "{" + good + ",\"toDeviceId\":\"\",\"key\":{}}",
        "{\"transactionId\":\"AA==\",\"toMemberId\":\"b\",\"toDeviceId\":\"p\",\"key\":{}}",
        "{" + good + ",\"toDeviceId\":\"phone\",\"key\":" + "[".repeat(5000))) {
      assertThat(StepForm.decode(new Content(StepForm.MEDIA_TYPE, new Content.Text(text))))
          .as(text)
          .isEmpty();
    }
    assertThat(StepForm.decode(Content.data(StepForm.MEDIA_TYPE, Bytes.EMPTY))).isEmpty();
  }

  private VerificationCode code() {
    return ((VerificationState.Showing) firstState).code();
  }

  private final VerificationState firstState = shower.state();

  private static Exchange reading(Party self, Party peer, VerificationCode code) {
    return Exchange.reading(Side.terms(self, peer, true), code, Side.seeded(6), NOW);
  }
}
