package io.karst.domain.group;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.owner.OwnerLog;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.owner.SentMessage;
import io.karst.domain.refusal.Reason;
import io.karst.domain.sender.SenderDraft;
import io.karst.domain.sender.SendersDraft;
import io.karst.domain.sender.Session;
import io.karst.domain.sender.TakenEnvelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges envelopes one after another, each against the group as the ones before it leave it.
 *
 * <p>Mutable: made for one decision and dropped. Offsets in the draft are provisional until it is
 * known how many sessions open first; {@link #settle} moves them.
 */
final class AppendRules {

  private final Group group;
  private final Instant at;
  private final SendersDraft senders;
  private final List<GroupEvent> opened = new ArrayList<>();
  private final List<Envelope> taken = new ArrayList<>();
  private final List<GroupEvent> sent = new ArrayList<>();
  private OwnerLog owner;

  private AppendRules(Group group, Instant at) {
    this.group = group;
    this.at = at;
    this.senders = group.senders().draft();
    this.owner = group.owner();
  }

  /** Whoever is in the group uses it: the rotations that its policy made due come first. */
  static Decision decide(Group group, GroupCommand.Append command, Instant at) {
    boolean used = command.submissions().stream()
        .anyMatch(s -> GroupRules.closedTo(s.by(), group).isEmpty());
    List<GroupEvent> due = used ? RotationTriggers.pulled(group, at) : List.of();
    Group after = group;
    for (GroupEvent event : due) {
      after = after.evolve(event);
    }
    return new AppendRules(after, at).decide(due, command);
  }

  private Decision decide(List<GroupEvent> due, GroupCommand.Append command) {
    List<List<Outcome>> judged = command.submissions().stream().map(this::judge).toList();
    List<List<Outcome>> outcomes =
        judged.stream().map(frame -> frame.stream().map(this::settle).toList()).toList();
    var events = new ArrayList<>(due);
    events.addAll(opened);
    events.addAll(sent);
    if (!taken.isEmpty()) {
      events.add(new GroupEvent.EnvelopesAppended(taken, at));
    }
    return new Decision.Judged(events, outcomes);
  }

  private List<Outcome> judge(Submission submission) {
    return submission
        .owner()
        .map(message -> List.of(judge(message, submission.by())))
        .orElseGet(() -> judgeAll(submission));
  }

  /** A retry is answered like the first time, even when it was sealed anew since. */
  private Outcome judge(OwnerMessage message, DeviceAddress by) {
    if (!message.sender().equals(by)) {
      return new Outcome.Rejected(Reason.SENDER_FORGED);
    }
    Optional<Reason> closed = owner.closedTo(by);
    if (closed.isPresent()) {
      return new Outcome.Rejected(closed.get());
    }
    Optional<SentMessage> earlier = owner.sent(by.device(), message.clientId());
    return earlier
        .<Outcome>map(first -> new Outcome.Taken(new Receipt(first.offset(), first.acceptedAt())))
        .or(() -> owner.problem(message).map(Outcome.Rejected::new))
        .orElseGet(() -> take(message));
  }

  /** The log of a member's own devices takes nothing else, so that offsets are final. */
  private Outcome take(OwnerMessage message) {
    long offset = group.size() + sent.size();
    owner = owner.with(message, offset, at);
    sent.add(new GroupEvent.OwnerMessageSent(message, at));
    return new Outcome.Taken(new Receipt(offset, at));
  }

  private List<Outcome> judgeAll(Submission submission) {
    Optional<Reason> whole = forgedBinding(submission).or(() -> closed(submission));
    Optional<Reason> binding = whole.isPresent() ? whole : openSessions(submission);
    return submission.envelopes().stream()
        .map(envelope -> judge(envelope, submission.by(), whole, binding))
        .toList();
  }

  private static Optional<Reason> forgedBinding(Submission submission) {
    boolean forged =
        submission.bindings().stream().anyMatch(b -> !b.sender().equals(submission.by()));
    return forged ? Optional.of(Reason.SENDER_FORGED) : Optional.empty();
  }

  private Optional<Reason> closed(Submission submission) {
    return GroupRules.closedTo(submission.by(), group);
  }

  private Optional<Reason> openSessions(Submission submission) {
    for (SessionBinding binding : submission.bindings()) {
      Optional<Reason> problem = epochProblem(binding.sender(), binding.epoch());
      if (problem.isPresent()) {
        return problem;
      }
      SenderDraft sender = senders.of(binding.sender());
      Optional<Session> open = sender.session(binding.epoch());
      if (open.isEmpty()) {
        sender.open(binding);
        opened.add(new GroupEvent.SessionOpened(binding, at));
      } else if (!open.get().binding().sessionKey().equals(binding.sessionKey())) {
        return Optional.of(Reason.SESSION_CONFLICT);
      }
    }
    return Optional.empty();
  }

  private Outcome judge(
      Envelope envelope, DeviceAddress by, Optional<Reason> whole, Optional<Reason> binding) {
    if (!envelope.sender().equals(by)) {
      return new Outcome.Rejected(Reason.SENDER_FORGED);
    }
    if (whole.isPresent()) {
      return new Outcome.Rejected(whole.get());
    }
    SenderDraft sender = senders.of(by);
    Optional<TakenEnvelope> earlier = sender.taken(envelope.clientId());
    if (earlier.isPresent()) {
      return retry(envelope, earlier.get());
    }
    return binding
        .or(() -> epochProblem(by, envelope.epoch()))
        .or(() -> sessionProblem(envelope, sender))
        .<Outcome>map(Outcome.Rejected::new)
        .orElseGet(() -> take(envelope, sender));
  }

  /** A retry is answered like the first time, even when its epoch is over by now. */
  private static Outcome retry(Envelope envelope, TakenEnvelope earlier) {
    return earlier.is(envelope.sessionId(), envelope.messageIndex())
        ? new Outcome.Taken(new Receipt(earlier.offset(), earlier.acceptedAt()))
        : new Outcome.Rejected(Reason.CLIENT_ID_CONFLICT);
  }

  /**
   * An overdue rotation stops the epoch in grace too: somebody outside may know its key as well.
   */
  private Optional<Reason> epochProblem(DeviceAddress device, long number) {
    Optional<Epoch> epoch = group.epochs().accepting(number, at);
    if (epoch.isEmpty()) {
      return Optional.of(Reason.STALE_EPOCH);
    }
    if (!epoch.get().has(device)) {
      return Optional.of(Reason.DEVICE_NOT_IN_ROSTER);
    }
    return group.isOverdue(at) ? Optional.of(Reason.ROTATION_REQUIRED) : Optional.empty();
  }

  private static Optional<Reason> sessionProblem(Envelope envelope, SenderDraft sender) {
    Optional<Session> session = sender.session(envelope.epoch());
    if (session.isEmpty()) {
      return Optional.of(Reason.SESSION_UNKNOWN);
    }
    if (!session.get().binding().sessionKey().equals(envelope.sessionId())) {
      return Optional.of(Reason.SESSION_CONFLICT);
    }
    return switch (session.get().window().judge(envelope.messageIndex())) {
      case FRESH -> Optional.empty();
      case USED -> Optional.of(Reason.INDEX_DUPLICATE);
      case BELOW_WINDOW -> Optional.of(Reason.INDEX_TOO_OLD);
    };
  }

  private Outcome take(Envelope envelope, SenderDraft sender) {
    var entry = new TakenEnvelope(
        envelope.clientId(),
        envelope.sessionId(),
        envelope.messageIndex(),
        group.size() + taken.size(),
        at);
    sender.take(envelope.epoch(), entry);
    taken.add(envelope);
    return new Outcome.Taken(new Receipt(entry.offset(), at));
  }

  /** Moves the offset of an envelope of this command behind the sessions that open first. */
  private Outcome settle(Outcome outcome) {
    if (outcome instanceof Outcome.Taken own && own.receipt().offset() >= group.size()) {
      long offset = own.receipt().offset() + opened.size();
      return new Outcome.Taken(new Receipt(offset, own.receipt().acceptedAt()));
    }
    return outcome;
  }
}
