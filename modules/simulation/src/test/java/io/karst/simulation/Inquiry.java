package io.karst.simulation;

import io.grpc.Metadata;
import io.grpc.Status;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.edge.call.Principal;
import io.karst.wire.v1.AccessServiceGrpc;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.ExplainRequest;
import io.karst.wire.v1.ExplainResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An auditor, who asks the server why devices cannot read what stands at random places. */
final class Inquiry {

  private static final int QUESTIONS = 30;

  /** Offsets behind the end that are asked about, too. */
  private static final int BEYOND = 3;

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final String PREFIX = "UNREADABLE_REASON_";
  private static final Principal AUDITOR = new Principal(
      DeviceAddress.of("auditor", "desk"), AccountRole.AUDITOR, Bytes.copyOf(new byte[32]));

  private final World world;
  private final Truth truth;
  private final Reasons reasons;

  Inquiry(World world, Truth truth, Reasons reasons) {
    this.world = world;
    this.truth = truth;
    this.reasons = reasons;
  }

  void check(List<Phone> phones) {
    for (int i = 0; i < QUESTIONS; i++) {
      ask(
          world.dice().one(phones).self(),
          world.dice().below(Math.toIntExact(truth.size()) + BEYOND));
    }
    world.time().pass(ANSWER_MAX);
  }

  private void ask(DeviceAddress device, long offset) {
    GroupId group = truth.group();
    ExplainRequest request = ExplainRequest.newBuilder()
        .setGroupId(group.value())
        .setOffset(offset)
        .setDevice(DeviceRef.newBuilder()
            .setMemberId(device.member().value())
            .setDeviceId(device.device().value()))
        .build();
    Backend.Callee server = world
        .backend()
        .accept(
            AccessServiceGrpc.getExplainMethod().getFullMethodName(),
            Optional.of(AUDITOR),
            new Asker(device, offset));
    server.message(request.toByteArray());
    server.halfClose();
  }

  /** Waits for the answer to one question. */
  private final class Asker implements Backend.Caller<ExplainResponse> {

    private final DeviceAddress device;
    private final long offset;

    Asker(DeviceAddress device, long offset) {
      this.device = device;
      this.offset = offset;
    }

    @Override
    public void answer(ExplainResponse message) {
      Set<UnreadableReason> right = mayHaveGrown()
          ? Set.of(UnreadableReason.NOT_WRITTEN, UnreadableReason.NOT_AN_ENVELOPE)
          : reasons.asked(device, offset);
      String told = message.getReason().name().substring(PREFIX.length());
      if (!right.contains(UnreadableReason.valueOf(told))) {
        violated(told + ", and not one of " + right);
      }
    }

    /** Nobody speaks any more, but rotations still become due while time passes. */
    private boolean mayHaveGrown() {
      long size = world.backend().group(truth.group()).log().head().size();
      return offset >= truth.size() && offset < size;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!status.isOk()) {
        violated(status.toString());
      }
    }

    private void violated(String what) {
      world.violated(
          Violation.Kind.WRONG_REASON,
          "%s: asked for %s at %d: %s".formatted(truth.group(), device, offset, what));
    }
  }
}
