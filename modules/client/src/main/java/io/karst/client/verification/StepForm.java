package io.karst.client.verification;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.karst.client.api.Content;
import io.karst.client.api.verification.CancelReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.InvalidId;
import io.karst.wire.v1.VerificationAccept;
import io.karst.wire.v1.VerificationCancel;
import io.karst.wire.v1.VerificationCancelReason;
import io.karst.wire.v1.VerificationKey;
import io.karst.wire.v1.VerificationMac;
import io.karst.wire.v1.VerificationRequest;
import io.karst.wire.v1.VerificationStep;
import java.time.Instant;
import java.util.Optional;

/** A step as the content of a message: {@code karst.v1.VerificationStep} as ProtoJSON. */
public final class StepForm {

  /** Contents of this type are never told to the application. */
  public static final String MEDIA_TYPE = "application/vnd.karst.verification+json";

  /** The longest step has some hundred characters. */
  private static final int TEXT_MAX = 4096;

  private StepForm() {}

  /**
   * A step and where it belongs.
   *
   * @param id of the verification, 16 bytes
   */
  public record Addressed(Bytes id, DeviceAddress to, Step step) {}

  public static Content encode(Addressed addressed) {
    var wire = VerificationStep.newBuilder()
        .setTransactionId(bytes(addressed.id()))
        .setToMemberId(addressed.to().member().value())
        .setToDeviceId(addressed.to().device().value());
    addressed.step().match(new Writing(wire));
    try {
      String text = JsonFormat.printer().omittingInsignificantWhitespace().print(wire);
      return new Content(MEDIA_TYPE, new Content.Text(text));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of known fields can be printed", e);
    }
  }

  /** Empty when the content is no step that is known: it comes from a member. */
  public static Optional<Addressed> decode(Content content) {
    return content.body() instanceof Content.Text text && text.value().length() <= TEXT_MAX
        ? decode(text.value())
        : Optional.empty();
  }

  private static Optional<Addressed> decode(String text) {
    try {
      var wire = VerificationStep.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(text, wire);
      Bytes id = bytes(wire.getTransactionId());
      return id.length() == Terms.ID_LENGTH
          ? step(wire.build())
              .map(step -> new Addressed(
                  id, DeviceAddress.of(wire.getToMemberId(), wire.getToDeviceId()), step))
          : Optional.empty();
    } catch (InvalidProtocolBufferException | InvalidId e) {
      return Optional.empty();
    }
  }

  private static Optional<Step> step(VerificationStep wire) {
    return switch (wire.getStepCase()) {
      case REQUEST -> Optional.of(request(wire.getRequest()));
      case ACCEPT ->
        Optional.of(
            new Step.Accept(wire.getAccept().getMethod(), bytes(wire.getAccept().getCommitment())));
      case KEY -> Optional.of(new Step.Key(bytes(wire.getKey().getCurve25519Key())));
      case MAC ->
        Optional.of(new Step.Mac(
            wire.getMac().getDeviceListVersion(), bytes(wire.getMac().getMac())));
      case SCANNED ->
        Optional.of(new Step.Scanned(
            wire.getScanned().getDeviceListVersion(), bytes(wire.getScanned().getMac())));
      case CANCEL -> Optional.of(new Step.Cancel(reason(wire.getCancel().getReason())));
      case STEP_NOT_SET -> Optional.empty();
    };
  }

  private static Step.Request request(VerificationRequest wire) {
    return new Step.Request(wire.getMethodsList(), Instant.ofEpochMilli(wire.getSentAtMs()));
  }

  /** A reason of a newer version ends the verification as well. */
  private static CancelReason reason(VerificationCancelReason wire) {
    return switch (wire) {
      case VERIFICATION_CANCEL_REASON_GIVEN_UP -> CancelReason.GIVEN_UP;
      case VERIFICATION_CANCEL_REASON_TIMEOUT -> CancelReason.TIMEOUT;
      case VERIFICATION_CANCEL_REASON_MISMATCH -> CancelReason.MISMATCH;
      case VERIFICATION_CANCEL_REASON_COMMITMENT -> CancelReason.COMMITMENT;
      case VERIFICATION_CANCEL_REASON_KEYS -> CancelReason.KEYS;
      case VERIFICATION_CANCEL_REASON_METHOD -> CancelReason.METHOD;
      case VERIFICATION_CANCEL_REASON_UNEXPECTED,
          VERIFICATION_CANCEL_REASON_UNSPECIFIED,
          UNRECOGNIZED -> CancelReason.UNEXPECTED;
    };
  }

  private static VerificationCancelReason reason(CancelReason reason) {
    return switch (reason) {
      case GIVEN_UP -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_GIVEN_UP;
      case TIMEOUT -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_TIMEOUT;
      case MISMATCH -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_MISMATCH;
      case COMMITMENT -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_COMMITMENT;
      case KEYS -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_KEYS;
      case UNEXPECTED -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_UNEXPECTED;
      case METHOD -> VerificationCancelReason.VERIFICATION_CANCEL_REASON_METHOD;
    };
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  private static Bytes bytes(ByteString bytes) {
    return Bytes.copyOf(bytes.toByteArray());
  }

  private record Writing(VerificationStep.Builder wire)
      implements Step.Cases<VerificationStep.Builder> {

    @Override
    public VerificationStep.Builder request(Step.Request step) {
      return wire.setRequest(VerificationRequest.newBuilder()
          .addAllMethods(step.methods())
          .setSentAtMs(step.sentAt().toEpochMilli()));
    }

    @Override
    public VerificationStep.Builder accept(Step.Accept step) {
      return wire.setAccept(VerificationAccept.newBuilder()
          .setMethod(step.method())
          .setCommitment(bytes(step.commitment())));
    }

    @Override
    public VerificationStep.Builder key(Step.Key step) {
      return wire.setKey(VerificationKey.newBuilder().setCurve25519Key(bytes(step.key())));
    }

    @Override
    public VerificationStep.Builder mac(Step.Mac step) {
      return wire.setMac(VerificationMac.newBuilder()
          .setDeviceListVersion(step.version())
          .setMac(bytes(step.mac())));
    }

    @Override
    public VerificationStep.Builder scanned(Step.Scanned step) {
      return wire.setScanned(VerificationMac.newBuilder()
          .setDeviceListVersion(step.version())
          .setMac(bytes(step.mac())));
    }

    @Override
    public VerificationStep.Builder cancel(Step.Cancel step) {
      return wire.setCancel(VerificationCancel.newBuilder().setReason(reason(step.reason())));
    }
  }
}
