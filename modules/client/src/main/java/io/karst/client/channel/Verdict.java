package io.karst.client.channel;

import io.karst.client.api.BadAnswer;
import io.karst.client.session.Fate;
import io.karst.client.transport.Failures;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.EpochNews;
import io.karst.client.wire.EpochWire;
import io.karst.domain.refusal.Reason;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendResponse;
import java.util.List;
import java.util.Optional;

/**
 * The server's answer to a frame.
 *
 * @param fates in the order of the frame
 * @param head after the write; absent when the answer holds none
 * @param current the epoch to adopt, when the server said so
 */
record Verdict(List<Fate> fates, Optional<Head> head, Optional<EpochNews> current) {

  Verdict {
    fates = List.copyOf(fates);
  }

  static Verdict of(Frame frame, AppendResponse response) {
    List<Fate> fates = response.getOutcomesList().stream().map(Verdict::fate).toList();
    if (fates.size() != frame.rows().size()) {
      throw new BadAnswer("the server answered another number of outcomes");
    }
    return new Verdict(
        fates,
        response.hasHead() ? Optional.of(EnvelopeWire.head(response.getHead())) : Optional.empty(),
        response.hasCurrentEpoch()
            ? Optional.of(EpochWire.news(response.getCurrentEpoch()))
            : Optional.empty());
  }

  /** The same fate for the whole frame. */
  static Verdict of(Frame frame, Reason reason) {
    List<Fate> fates = frame.rows().stream().map(row -> Fate.of(reason)).toList();
    return new Verdict(fates, Optional.empty(), Optional.empty());
  }

  /** What must be done before what is left can be sent. */
  Fate.Remedy remedy() {
    return fates.stream()
        .map(fate -> fate.match(new RemedyOf()))
        .reduce(Fate.Remedy.NONE, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  /** Whether anything was taken. */
  boolean progresses() {
    return fates.stream().anyMatch(Fate.Delivered.class::isInstance);
  }

  private static Fate fate(AppendOutcome outcome) {
    return switch (outcome.getOutcomeCase()) {
      case RECEIPT -> new Fate.Delivered(EnvelopeWire.receipt(outcome.getReceipt()));
      case REFUSAL -> Fate.of(Failures.of(outcome.getRefusal()).reason());
      case OUTCOME_NOT_SET -> throw new BadAnswer("the server answered an empty outcome");
    };
  }

  private record RemedyOf() implements Fate.Cases<Fate.Remedy> {

    @Override
    public Fate.Remedy delivered(Fate.Delivered fate) {
      return Fate.Remedy.NONE;
    }

    @Override
    public Fate.Remedy kept(Fate.Kept fate) {
      return fate.remedy();
    }

    @Override
    public Fate.Remedy refused(Fate.Refused fate) {
      return Fate.Remedy.NONE;
    }
  }
}
