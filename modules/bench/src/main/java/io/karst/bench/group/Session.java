package io.karst.bench.group;

import com.google.protobuf.ByteString;
import io.karst.bench.envelope.EnvelopeSource;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.SessionBinding;
import java.util.random.RandomGenerator;

/**
 * A device's Megolm session in a group: what it sends, and where that came to be. One thread at a
 * time.
 */
final class Session {

  private final GroupId group;
  private final ByteString id;
  private final SessionBinding binding;
  private final EnvelopeSource envelopes;
  private final PlaceSum acknowledged = new PlaceSum();

  private Session(GroupId group, SessionBinding binding, EnvelopeSource envelopes) {
    this.group = group;
    this.id = binding.getSessionKey();
    this.binding = binding;
    this.envelopes = envelopes;
  }

  /** The session of a device in epoch 1. */
  static Session open(GroupId group, DeviceKeys device, int payload, RandomGenerator noise) {
    Bytes key = DeviceKeys.sessionKey();
    var statement = EpochStatements.sessionBinding(group, 1, device.address(), key);
    var binding = SessionBinding.newBuilder()
        .setEpoch(1)
        .setSessionKey(Raw.of(key))
        .setSignature(device.sign(statement))
        .build();
    return new Session(
        group,
        binding,
        new EnvelopeSource(device.address(), binding.getSessionKey(), payload, noise));
  }

  GroupId group() {
    return group;
  }

  ByteString id() {
    return id;
  }

  /** What the server said is durable. */
  PlaceSum acknowledged() {
    return acknowledged;
  }

  long nextIndex() {
    return envelopes.nextIndex();
  }

  /** The next frame. The first one of a session carries its binding. */
  AppendRequest frame(int size) {
    var frame = AppendRequest.newBuilder().setGroupId(group.value());
    if (envelopes.nextIndex() == 0) {
      frame.setBinding(binding);
    }
    for (int i = 0; i < size; i++) {
      frame.addEnvelopes(envelopes.next());
    }
    return frame.build();
  }

  /** Takes the answer to a frame of which every envelope must have been taken. */
  void answered(long firstIndex, int size, AppendResponse answer) throws LoadFailure {
    if (answer.getOutcomesCount() != size) {
      throw new LoadFailure(Kind.REFUSED, "the server answers another frame than was sent");
    }
    for (int i = 0; i < size; i++) {
      AppendOutcome outcome = answer.getOutcomes(i);
      if (!outcome.hasReceipt()) {
        throw refused(outcome.getRefusal().getReason());
      }
      acknowledged.add(firstIndex + i, outcome.getReceipt().getOffset());
    }
  }

  static LoadFailure refused(String reason) {
    return new LoadFailure(Kind.REFUSED, "the server refuses an envelope: " + reason);
  }
}
