package io.karst.domain.group;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.Epochs;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.history.Sharing;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerLog;
import io.karst.domain.sender.Senders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A group as its events tell it. Holds no ciphertext and no sealed key, and does not grow with the
 * age of its log. The log of a member's own devices is a group without members, whose {@code owner}
 * is open.
 *
 * <p>Invariant: at most {@value #MEMBERS_MAX} members; a group that nobody created has none. Each
 * rotation that is due has another reason, the earliest deadline first.
 *
 * @param nonce from which the id was made, 16 bytes; empty until somebody creates the group
 * @param revoked devices of the newest roster, or the one before, that their members have revoked:
 *     nothing of them is taken any more
 * @param sharing who was there since when, and what was shared
 * @param committing the device whose creation or commit is half applied; none after each decision
 * @param owner whose own devices' log this is; of a group not open
 */
public record Group(
    GroupId id,
    Bytes nonce,
    Policy policy,
    Map<MemberId, Role> members,
    Epochs epochs,
    Senders senders,
    List<DueRotation> due,
    Set<DeviceAddress> revoked,
    Sharing sharing,
    boolean archived,
    List<DeviceAddress> committing,
    OwnerLog owner,
    LogEnd end) {

  /** Each has a device in the roster at least, and a roster has no more. */
  public static final int MEMBERS_MAX = 1000;

  public Group {
    members = Map.copyOf(members);
    due = List.copyOf(due);
    revoked = Set.copyOf(revoked);
    committing = List.copyOf(committing);
    if (members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException("at most " + MEMBERS_MAX + " members");
    }
  }

  /** A group as it is after a decision. */
  public Group(
      GroupId id,
      Bytes nonce,
      Policy policy,
      Map<MemberId, Role> members,
      Epochs epochs,
      Senders senders,
      List<DueRotation> due,
      Set<DeviceAddress> revoked,
      Sharing sharing,
      boolean archived,
      LogEnd end) {
    this(
        id,
        nonce,
        policy,
        members,
        epochs,
        senders,
        due,
        revoked,
        sharing,
        archived,
        List.of(),
        OwnerLog.NONE,
        end);
  }

  /** The state before the first event. */
  public static Group empty(GroupId id) {
    return new Group(
        id,
        Bytes.EMPTY,
        Policy.DEFAULT,
        Map.of(),
        Epochs.NONE,
        Senders.EMPTY,
        List.of(),
        Set.of(),
        Sharing.NONE,
        false,
        LogEnd.EMPTY);
  }

  /**
   * Applies one recorded fact; throws {@link IllegalStateException} if it cannot follow this state.
   */
  public Group evolve(GroupEvent event) {
    return event.match(new GroupEvolution(this)).after(event);
  }

  /** Whether no creation or commit is half applied. */
  public boolean isSettled() {
    return committing.isEmpty();
  }

  public boolean exists() {
    return size() > 0;
  }

  /** Whether this member's devices read the log: as a member of the group, or as its owner. */
  public boolean isReadBy(MemberId member) {
    return has(member) || owner.belongsTo(member);
  }

  public boolean has(MemberId member) {
    return members.containsKey(member);
  }

  public Optional<Role> role(MemberId member) {
    return Optional.ofNullable(members.get(member));
  }

  /** The newest epoch; {@link Epoch#NONE} before the first. */
  public Epoch epoch() {
    return epochs.current();
  }

  /** The epoch before the newest, if its envelopes are still accepted at this moment. */
  public Optional<Epoch> grace(Instant at) {
    return Optional.of(epochs.previous()).filter(epoch -> epoch.accepts(at));
  }

  /** The rotation with the earliest deadline. */
  public Optional<DueRotation> rotationDue() {
    return due.stream().findFirst();
  }

  /** Bindings of the sessions opened in the epoch before the newest and in the newest. */
  public List<SessionBinding> openSessions() {
    return Stream.of(epochs.previous(), epochs.current())
        .flatMap(epoch -> senders.openSessions(epoch.number()).stream())
        .toList();
  }

  /** Number of entries of the log, which is the offset of the next one. */
  public long size() {
    return end.size();
  }

  /** When the newest entry was accepted. */
  public Instant lastAt() {
    return end.at();
  }

  boolean hasOwner() {
    return members.containsValue(Role.OWNER);
  }

  boolean isOnlyOwner(MemberId member) {
    return members.get(member) == Role.OWNER
        && members.values().stream().filter(role -> role == Role.OWNER).count() == 1;
  }

  boolean isAllowed(MemberId member, Role required) {
    return role(member).filter(role -> role.includes(required)).isPresent();
  }

  boolean isDue(RotationReason reason) {
    return due.stream().anyMatch(rotation -> rotation.reason() == reason);
  }

  /** Whether nothing is taken before a rotation, be it due in the log or by the epoch's age. */
  public boolean isOverdue(Instant at) {
    boolean aged =
        epoch().number() > 0 && !at.isBefore(policy.ageDeadline(epoch().startedAt()));
    return aged || (!due.isEmpty() && due.get(0).isOverdue(at));
  }

  Group withNonce(Bytes to) {
    return but(draft -> draft.nonce = to);
  }

  Group asArchived() {
    return but(draft -> draft.archived = true);
  }

  Group with(Policy to) {
    return but(draft -> draft.policy = to);
  }

  Group with(Map<MemberId, Role> to) {
    return but(draft -> draft.members = to);
  }

  Group with(Epochs to) {
    return but(draft -> draft.epochs = to);
  }

  Group with(Senders to) {
    return but(draft -> draft.senders = to);
  }

  Group withDue(List<DueRotation> to) {
    return but(draft -> draft.due = to);
  }

  /** With one rotation more; of two with the same reason the earlier deadline counts. */
  Group withDue(DueRotation rotation) {
    var all = new ArrayList<DueRotation>();
    DueRotation earliest = rotation;
    for (DueRotation other : due) {
      if (other.reason() != rotation.reason()) {
        all.add(other);
      } else if (other.deadline().isBefore(rotation.deadline())) {
        earliest = other;
      }
    }
    all.add(earliest);
    all.sort(Comparator.comparing(DueRotation::deadline).thenComparing(DueRotation::reason));
    return withDue(all);
  }

  Group withRevoked(Set<DeviceAddress> to) {
    return but(draft -> draft.revoked = to);
  }

  Group with(Sharing to) {
    return but(draft -> draft.sharing = to);
  }

  Group withCommitting(List<DeviceAddress> to) {
    return but(draft -> draft.committing = to);
  }

  /** With the log's own devices and messages. */
  public Group with(OwnerLog to) {
    return but(draft -> draft.owner = to);
  }

  private Group after(GroupEvent event) {
    return but(draft -> draft.end = end.after(event));
  }

  private Group but(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.group();
  }

  /** A group of which a part is being changed. */
  private static final class Draft {

    private final GroupId id;
    private Bytes nonce;
    private Policy policy;
    private Map<MemberId, Role> members;
    private Epochs epochs;
    private Senders senders;
    private List<DueRotation> due;
    private Set<DeviceAddress> revoked;
    private Sharing sharing;
    private boolean archived;
    private List<DeviceAddress> committing;
    private OwnerLog owner;
    private LogEnd end;

    Draft(Group from) {
      id = from.id;
      nonce = from.nonce;
      policy = from.policy;
      members = from.members;
      epochs = from.epochs;
      senders = from.senders;
      due = from.due;
      revoked = from.revoked;
      sharing = from.sharing;
      archived = from.archived;
      committing = from.committing;
      owner = from.owner;
      end = from.end;
    }

    Group group() {
      return new Group(
          id,
          nonce,
          policy,
          members,
          epochs,
          senders,
          due,
          revoked,
          sharing,
          archived,
          committing,
          owner,
          end);
    }
  }
}
