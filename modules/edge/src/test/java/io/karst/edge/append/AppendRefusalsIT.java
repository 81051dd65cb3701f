package io.karst.edge.append;

import static io.karst.edge.scene.Refusals.assertRefused;
import static io.karst.edge.scene.Refusals.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.refusal.Reason;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.Envelope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a frame can be wrong. */
class AppendRefusalsIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  /** Bytes around the inner ciphertext of a message with a small index. */
  private static final int OVERHEAD = 1 + 2 + 1 + 3 + 8 + 64;

  private static TestDevice ada;
  private static TestDevice bo;

  private TestGroup group;
  private TestSession session;

  @BeforeAll
  static void register() {
    ada = SERVER.device("ada");
    bo = SERVER.device("bo");
  }

  @BeforeEach
  void createGroup() {
    group = TestGroup.created(ada, bo);
    session = new TestSession(ada, group.id(), 1);
  }

  @Test
  void aRetryGetsTheFirstReceiptAndARepeatedIndexIsRefused() {
    Envelope envelope = session.envelope(0, 304);
    var first = ada.groups().append(session.frame(envelope)).getOutcomes(0).getReceipt();
    assertThat(ada.groups().append(session.frame(envelope)).getOutcomes(0).getReceipt())
        .isEqualTo(first);
    Envelope sameIndex = session.envelope(0, 304);
    assertThat(outcomes(ada.groups().append(session.frame(sameIndex))))
        .containsExactly("INDEX_DUPLICATE");
    Envelope sameClientId =
        session.envelope(1, 304).toBuilder().setClientId(envelope.getClientId()).build();
    assertThat(outcomes(ada.groups().append(session.frame(sameClientId))))
        .containsExactly("CLIENT_ID_CONFLICT");
  }

  @Test
  void aStaleEpochIsAnsweredWithTheCurrentOneAndTheCallersOwnSealedKey() {
    var future = new TestSession(ada, group.id(), 7);
    var response = ada.groups().append(future.frame(2));
    assertThat(outcomes(response)).containsExactly("STALE_EPOCH", "STALE_EPOCH");
    var current = response.getCurrentEpoch();
    assertThat(current.getManifest().getEpoch()).isEqualTo(1);
    assertThat(current.getSealedKey().getMemberId())
        .isEqualTo(ada.address().member().value());
    assertThat(ada.groups().append(session.frame(1)).hasCurrentEpoch()).isFalse();
  }

  @Test
  void aCiphertextThatIsNoCanonicalMegolmMessageIsMalformed() {
    Envelope good = session.envelope(0, 304);
    byte[] bytes = good.getCiphertext().toByteArray();
    for (int wrong : new int[] {0, 1, 3}) {
      byte[] changed = bytes.clone();
      changed[wrong]++;
      refusesCiphertext(good, changed, Reason.ENVELOPE_MALFORMED);
    }
    refusesCiphertext(good, new byte[] {3}, Reason.ENVELOPE_MALFORMED);
    refusesCiphertext(
        good, java.util.Arrays.copyOf(bytes, bytes.length - 1), Reason.ENVELOPE_MALFORMED);
    Envelope otherIndex = good.toBuilder().setMessageIndex(1).build();
    assertRefused(
        Reason.ENVELOPE_MALFORMED,
        "envelopes[0].ciphertext",
        () -> ada.groups().append(session.frame(otherIndex)));
  }

  private void refusesCiphertext(Envelope envelope, byte[] ciphertext, Reason reason) {
    Envelope wrong =
        envelope.toBuilder().setCiphertext(ByteString.copyFrom(ciphertext)).build();
    assertRefused(
        reason, "envelopes[0].ciphertext", () -> ada.groups().append(session.frame(wrong)));
  }

  @Test
  void anEnvelopeHasAtMostSixtyFourKibibytes() {
    int largest = (65_536 - OVERHEAD) / 16 * 16;
    Envelope fits = session.envelope(0, largest);
    assertThat(fits.getCiphertext().size()).isBetween(65_521, 65_536);
    assertThat(outcomes(ada.groups().append(session.frame(fits)))).containsExactly("");
    Envelope tooLarge = session.envelope(1, largest + 16);
    assertRefused(
        Reason.ENVELOPE_TOO_LARGE,
        "envelopes[0].ciphertext",
        () -> ada.groups().append(session.frame(tooLarge)));
  }

  @Test
  void aFrameHasAtMostSixtyFourEnvelopesAndHalfAMebibyte() {
    assertThat(ada.groups().append(session.frame(64)).getOutcomesCount()).isEqualTo(64);
    assertRefused(Reason.TOO_MANY_ITEMS, "envelopes", () -> ada.groups().append(session.frame(65)));
    assertRefused(Reason.FIELD_MISSING, "envelopes", () -> ada.groups().append(session.frame(0)));
    var large = new Envelope[9];
    for (int i = 0; i < large.length; i++) {
      large[i] = session.envelope(200 + i, 60_000);
    }
    assertRefused(
        Reason.ENVELOPE_TOO_LARGE, "envelopes", () -> ada.groups().append(session.frame(large)));
  }

  @Test
  void nobodySpeaksInTheNameOfAnother() {
    Envelope own = session.envelope(0, 304);
    Envelope asBo = own.toBuilder().setMemberId(bo.address().member().value()).build();
    Envelope asTablet = own.toBuilder().setDeviceId("tablet").build();
    assertRefused(
        Reason.SENDER_FORGED,
        "envelopes[0].member_id",
        () -> ada.groups().append(session.frame(asBo)));
    assertRefused(
        Reason.SENDER_FORGED,
        "envelopes[0].device_id",
        () -> ada.groups().append(session.frame(asTablet)));
  }

  @Test
  void aSessionMustBeBoundByTheCallersSignatureOnceAndForAll() {
    AppendRequest frame = session.frame(1);
    AppendRequest unbound = frame.toBuilder().clearBinding().build();
    assertThat(outcomes(ada.groups().append(unbound))).containsExactly("SESSION_UNKNOWN");
    var flipped = frame.toBuilder();
    byte[] signature = frame.getBinding().getSignature().toByteArray();
    signature[0] ^= 1;
    flipped.getBindingBuilder().setSignature(ByteString.copyFrom(signature));
    assertRefused(Reason.SESSION_SIGNATURE_INVALID, () -> ada.groups().append(flipped.build()));
    assertRefused(
        Reason.SESSION_SIGNATURE_INVALID,
        () -> bo.groups()
            .append(new TestSession(bo, group.id(), 1)
                .frame(1).toBuilder().setBinding(frame.getBinding()).build()));
    assertThat(outcomes(ada.groups().append(frame))).containsExactly("");
    assertThat(outcomes(ada.groups().append(new TestSession(ada, group.id(), 1).frame(1))))
        .containsExactly("SESSION_CONFLICT");
  }

  @ParameterizedTest
  @CsvSource({"0, ID_EMPTY", "65, ID_TOO_LONG", "10000, ID_TOO_LONG"})
  void idsInEnvelopesAreParsedOnce(int length, Reason reason) {
    String id = "x".repeat(length);
    Envelope own = session.envelope(0, 304);
    assertRefused(
        reason,
        "envelopes[0].member_id",
        () -> ada.groups().append(session.frame(own.toBuilder().setMemberId(id).build())));
    assertRefused(
        reason,
        "envelopes[0].client_id",
        () -> ada.groups()
            .append(session.frame(
                own.toBuilder().setClientId(ByteString.copyFromUtf8(id)).build())));
  }
}
