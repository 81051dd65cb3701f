package io.karst.domain.walk;

import static io.karst.domain.walk.GroupModel.refuseUnless;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.GroupModel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of the model that judges envelopes: it keeps and searches all that were ever taken. */
final class EnvelopeModel {

  private record SessionId(DeviceAddress device, long epoch) {}

  /**
   * An envelope in the log. Mutable, since its offset is known only when the whole batch was
   * judged.
   */
  private static final class Sent {
    final Envelope envelope;
    final Instant at;
    long offset;

    Sent(Envelope envelope, Instant at) {
      this.envelope = envelope;
      this.at = at;
    }
  }

  /** Either of two. */
  private record Verdict(Optional<Sent> sent, Optional<Reason> reason) {}

  private final GroupModel group;
  private final Map<SessionId, SessionBinding> sessions = new HashMap<>();
  private final Map<DeviceAddress, List<Sent>> sentBy = new HashMap<>();

  private boolean overdue;

  EnvelopeModel(GroupModel group) {
    this.group = group;
  }

  /** Those of the newest epoch and the one before. */
  Set<SessionBinding> openSessions() {
    return sessions.values().stream()
        .filter(binding -> binding.epoch() >= group.epochs.size() - 1)
        .collect(Collectors.toSet());
  }

  /** A group cannot remember everybody who ever spoke in it. */
  void forgetDevicesOutsideTheLastTwoRosters() {
    int count = group.epochs.size();
    sentBy
        .keySet()
        .removeIf(device -> group.epochs.subList(Math.max(0, count - 2), count).stream()
            .noneMatch(epoch -> epoch.roster.containsKey(device)));
  }

  Decision append(GroupCommand.Append command) {
    List<GroupEvent> events = newlyDue(command);
    overdue = group.isOverdue() || anyPast(events);
    var fresh = new ArrayList<Sent>();
    var verdicts = new ArrayList<List<Verdict>>();
    for (GroupCommand.Submission submission : command.submissions()) {
      Optional<Reason> whole = reasonOf(() -> checkWhole(submission));
      Optional<Reason> binding = whole;
      if (whole.isEmpty()) {
        binding = reasonOf(() -> open(submission, events));
      }
      var frame = new ArrayList<Verdict>();
      for (Envelope envelope : submission.envelopes()) {
        frame.add(judge(submission, envelope, whole, binding, fresh));
      }
      verdicts.add(frame);
    }
    long offset = group.size + events.size();
    for (Sent sent : fresh) {
      sent.offset = offset++;
    }
    if (!fresh.isEmpty()) {
      var taken = fresh.stream().map(sent -> sent.envelope).toList();
      events.add(new GroupEvent.EnvelopesAppended(taken, group.at));
    }
    return new Decision.Judged(
        events,
        verdicts.stream()
            .map(f -> f.stream().map(EnvelopeModel::outcome).toList())
            .toList());
  }

  /** What the policy makes due, once anybody who is in the group uses it. */
  private List<GroupEvent> newlyDue(GroupCommand.Append command) {
    var events = new ArrayList<GroupEvent>();
    boolean used = command.submissions().stream()
        .anyMatch(s -> !group.archived && group.members.containsKey(s.by().member()));
    if (!used) {
      return events;
    }
    Instant start = group.current().startedAt;
    long ageMax = group.policy.ageMax().toMillis();
    long notice = Math.min(ageMax / 10, 3_600_000);
    boolean old = !group.at.isBefore(start.plusMillis(ageMax - notice));
    if (old && !group.due.containsKey(RotationReason.AGE)) {
      events.add(
          new GroupEvent.RotationDue(RotationReason.AGE, start.plusMillis(ageMax), group.at));
    }
    long sent = sentBy.values().stream()
        .flatMap(List::stream)
        .filter(s -> s.envelope.epoch() == group.epochs.size())
        .count();
    boolean many = sent >= (long) group.policy.messagesPerMember() * group.members.size();
    if (many && !group.due.containsKey(RotationReason.VOLUME)) {
      events.add(
          new GroupEvent.RotationDue(RotationReason.VOLUME, group.at.plusSeconds(60), group.at));
    }
    return events;
  }

  private boolean anyPast(List<GroupEvent> events) {
    return events.stream()
        .map(GroupEvent.RotationDue.class::cast)
        .anyMatch(due -> !due.deadline().isAfter(group.at));
  }

  private void checkWhole(GroupCommand.Submission submission) {
    for (SessionBinding binding : submission.bindings()) {
      refuseUnless(binding.sender().equals(submission.by()), Reason.SENDER_FORGED);
    }
    group.checkOpenTo(submission.by());
  }

  private void open(GroupCommand.Submission submission, List<GroupEvent> events) {
    for (SessionBinding binding : submission.bindings()) {
      checkEpoch(binding.sender(), binding.epoch());
      var id = new SessionId(binding.sender(), binding.epoch());
      SessionBinding known = sessions.get(id);
      if (known == null) {
        sessions.put(id, binding);
        events.add(new GroupEvent.SessionOpened(binding, group.at));
      } else {
        refuseUnless(known.sessionKey().equals(binding.sessionKey()), Reason.SESSION_CONFLICT);
      }
    }
  }

  private Verdict judge(
      GroupCommand.Submission submission,
      Envelope envelope,
      Optional<Reason> whole,
      Optional<Reason> binding,
      List<Sent> fresh) {
    if (!envelope.sender().equals(submission.by())) {
      return new Verdict(Optional.empty(), Optional.of(Reason.SENDER_FORGED));
    }
    if (whole.isPresent()) {
      return new Verdict(Optional.empty(), whole);
    }
    List<Sent> own = sentBy.computeIfAbsent(envelope.sender(), device -> new ArrayList<>());
    for (Sent sent : own.subList(Math.max(0, own.size() - 256), own.size())) {
      if (sent.envelope.clientId().equals(envelope.clientId())) {
        boolean same = sent.envelope.sessionId().equals(envelope.sessionId())
            && sent.envelope.messageIndex() == envelope.messageIndex();
        return same
            ? new Verdict(Optional.of(sent), Optional.empty())
            : new Verdict(Optional.empty(), Optional.of(Reason.CLIENT_ID_CONFLICT));
      }
    }
    Optional<Reason> problem = binding.or(() -> reasonOf(() -> checkEnvelope(envelope, own)));
    if (problem.isPresent()) {
      return new Verdict(Optional.empty(), problem);
    }
    var sent = new Sent(envelope, group.at);
    own.add(sent);
    fresh.add(sent);
    return new Verdict(Optional.of(sent), Optional.empty());
  }

  private void checkEnvelope(Envelope envelope, List<Sent> own) {
    checkEpoch(envelope.sender(), envelope.epoch());
    SessionBinding session = sessions.get(new SessionId(envelope.sender(), envelope.epoch()));
    if (session == null) {
      throw new Refusal(Reason.SESSION_UNKNOWN);
    }
    Bytes key = session.sessionKey();
    refuseUnless(key.equals(envelope.sessionId()), Reason.SESSION_CONFLICT);
    List<Long> indices = own.stream()
        .filter(sent -> sent.envelope.epoch() == envelope.epoch())
        .map(sent -> sent.envelope.messageIndex())
        .toList();
    long highest = indices.stream().mapToLong(Long::longValue).max().orElse(-1);
    refuseUnless(envelope.messageIndex() > highest - 64, Reason.INDEX_TOO_OLD);
    refuseUnless(!indices.contains(envelope.messageIndex()), Reason.INDEX_DUPLICATE);
  }

  private void checkEpoch(DeviceAddress device, long number) {
    boolean exists = number >= 1 && number <= group.epochs.size();
    refuseUnless(exists && number >= group.epochs.size() - 1, Reason.STALE_EPOCH);
    EpochFacts epoch = group.epochs.get((int) number - 1);
    refuseUnless(group.at.isBefore(epoch.acceptedUntil), Reason.STALE_EPOCH);
    refuseUnless(epoch.roster.containsKey(device), Reason.DEVICE_NOT_IN_ROSTER);
    refuseUnless(!overdue, Reason.ROTATION_REQUIRED);
  }

  private static Optional<Reason> reasonOf(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.reason);
    }
  }

  private static Decision.Outcome outcome(Verdict verdict) {
    return verdict
        .sent()
        .<Decision.Outcome>map(
            sent -> new Decision.Outcome.Taken(new Receipt(sent.offset, sent.at)))
        .orElseGet(() -> new Decision.Outcome.Rejected(verdict.reason().orElseThrow()));
  }
}
