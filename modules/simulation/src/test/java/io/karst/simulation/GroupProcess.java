package io.karst.simulation;

import io.karst.actors.entity.PersistenceIds;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.GroupReplies;
import io.karst.actors.journal.JournalRow;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.history.Sharing;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.codec.GroupSnapshotCodec;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A group's entity: real rules, real log, real codec; its writes take a moment. */
final class GroupProcess extends Persistent<GroupMessage> implements GroupMessage.Cases<Boolean> {

  private static final int SNAPSHOT_EVERY = 25;
  private static final Duration WRITE = Duration.ofMillis(5);

  private final World world;
  private final Backend backend;
  private final GroupId id;
  private final String persistenceId;
  private final GroupRecordCodec codec;
  private Optional<GroupLog> state = Optional.empty();
  private Optional<FanOut> fanOut = Optional.empty();
  private Optional<ShareTelling> telling = Optional.empty();
  private final List<GroupMessage.Append> frames = new ArrayList<>();
  private boolean crashesAtEpoch;

  GroupProcess(World world, Backend backend, GroupId id) {
    this.world = world;
    this.backend = backend;
    this.id = id;
    this.persistenceId = PersistenceIds.of(id).id();
    this.codec = new GroupRecordCodec(id);
  }

  String persistenceId() {
    return persistenceId;
  }

  /** The group as it is; recovered if it must be. */
  GroupLog log() {
    if (!isUp()) {
      recover();
    }
    return state.orElseThrow();
  }

  /** The next epoch is written, and then nothing else is done. */
  void crashAtNextEpoch() {
    crashesAtEpoch = true;
  }

  @Override
  boolean isUp() {
    return state.isPresent();
  }

  @Override
  void lose() {
    state = Optional.empty();
    fanOut.ifPresent(FanOut::stop);
    fanOut = Optional.empty();
    telling.ifPresent(ShareTelling::stop);
    telling = Optional.empty();
    frames.clear();
  }

  @Override
  void recover() {
    GroupLog log = backend
        .journal()
        .snapshot(persistenceId)
        .map(GroupSnapshotCodec::decode)
        .orElse(GroupLog.empty(id));
    for (JournalRow row : backend.journal().sinceSnapshot(persistenceId)) {
      log = log.evolve(codec.decode(row.record().toArray()));
    }
    state = Optional.of(log);
    long current = log.group().epoch().number();
    long delivered = log.group().epochs().delivered();
    if (delivered < current && backend.rules().resumesFanOut()) {
      fanOut().owed(delivered, current);
    }
    List<Sharing.Recent> shares = log.group().sharing().toTellAgain(now());
    if (!shares.isEmpty()) {
      telling().owed(shares);
    }
  }

  @Override
  void handle(GroupMessage message) {
    message.match(this);
  }

  @Override
  public Boolean ask(GroupMessage.Ask message) {
    Decision decision = decide(message.command());
    if (decision instanceof Decision.Accepted accepted) {
      write(accepted.events());
      message.replyTo().tell(GroupReplies.done(log()));
    } else {
      Reason reason = ((Decision.Refused) decision).reason();
      message.replyTo().tell(GroupReplies.refused(reason, log().group()));
    }
    return true;
  }

  /** Frames that come while a write is under way are written together. */
  @Override
  public Boolean append(GroupMessage.Append message) {
    frames.add(message);
    if (frames.size() == 1) {
      world.time().after(WRITE, () -> take(GroupMessage.Flush.INSTANCE));
    }
    return true;
  }

  @Override
  public Boolean flush(GroupMessage.Flush message) {
    if (frames.isEmpty()) {
      return false;
    }
    List<GroupMessage.Append> taken = List.copyOf(frames);
    frames.clear();
    var command = new GroupCommand.Append(
        taken.stream().map(GroupMessage.Append::submission).toList());
    Decision.Judged judged = (Decision.Judged) decide(command);
    write(judged.events());
    for (int i = 0; i < taken.size(); i++) {
      GroupMessage.Append frame = taken.get(i);
      frame
          .replyTo()
          .tell(GroupReplies.judged(
              frame, judged.outcomes().get(i), log().group(), log().head()));
    }
    return true;
  }

  @Override
  public Boolean view(GroupMessage.View message) {
    message.replyTo().tell(GroupReplies.view(log(), message.by(), now()));
    return true;
  }

  @Override
  public Boolean inspect(GroupMessage.Inspect message) {
    message.replyTo().tell(GroupReplies.inspected(log(), now()));
    return true;
  }

  @Override
  public Boolean follow(GroupMessage.Follow message) {
    return false;
  }

  @Override
  public Boolean unfollow(GroupMessage.Unfollow message) {
    return false;
  }

  /** Groups in a simulation are small: their epochs are written at once. */
  @Override
  public Boolean stage(GroupMessage.Stage message) {
    return false;
  }

  @Override
  public Boolean keysTaken(GroupMessage.KeysTaken message) {
    Decision decision = decide(new GroupCommand.MarkDelivered(message.epoch()));
    write(((Decision.Accepted) decision).events());
    return true;
  }

  @Override
  public Boolean stayAwake(GroupMessage.StayAwake message) {
    return true;
  }

  private Instant now() {
    return world.serverClock().instant();
  }

  private Decision decide(GroupCommand command) {
    return backend.rules().decide(log().group(), command, now());
  }

  private void write(List<GroupEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    GroupLog log = log();
    world.witness().writes(log.group(), events, now());
    for (StoredRecord record : records(log, events)) {
      backend.journal().append(persistenceId, codec.encode(record));
      log = log.evolve(record);
      state = Optional.of(log);
      if (record.event() instanceof GroupEvent.EpochStarted started) {
        fanOut().started(started, log.group().epochs().delivered());
        if (crashesAtEpoch) {
          crashesAtEpoch = false;
          crashNext(Crash.AFTER);
        }
      }
      if (record.event() instanceof GroupEvent.HistoryShared) {
        List<Sharing.Recent> newest = log.group().sharing().recent();
        telling().owed(newest.subList(newest.size() - 1, newest.size()));
      }
    }
    int fresh = backend.journal().sinceSnapshot(persistenceId).size();
    if (fresh >= SNAPSHOT_EVERY && log.group().isSettled()) {
      backend.journal().snapshot(persistenceId, GroupSnapshotCodec.encode(log));
    }
    backend.deliveries().written(id);
  }

  private List<StoredRecord> records(GroupLog log, List<GroupEvent> events) {
    try {
      return log.recordAll(events);
    } catch (IllegalStateException e) {
      world.violated(Violation.Kind.IMPOSSIBLE, id + ": " + e.getMessage());
      return List.of();
    }
  }

  private ShareTelling telling() {
    ShareTelling made = telling.orElseGet(() -> new ShareTelling(world, backend, id));
    telling = Optional.of(made);
    return made;
  }

  private FanOut fanOut() {
    FanOut made = fanOut.orElseGet(() -> new FanOut(world, backend, id));
    fanOut = Optional.of(made);
    return made;
  }
}
