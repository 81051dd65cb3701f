package io.karst.domain.device;

import static io.karst.domain.device.MemberDecision.accept;
import static io.karst.domain.device.MemberDecision.refuse;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides commands to one account at one moment. Reads nothing else, changes nothing.
 *
 * <p>Decisions are dated in whole milliseconds, as the journal stores them, and never before the
 * newest event, even when the clock was set back.
 */
public final class MemberRules implements MemberCommand.Cases<MemberDecision> {

  private final Member member;
  private final Instant at;

  private MemberRules(Member member, Instant at) {
    this.member = member;
    this.at = at;
  }

  public static MemberDecision decide(Member member, MemberCommand command, Instant now) {
    Instant millis = now.truncatedTo(ChronoUnit.MILLIS);
    Instant at = millis.isBefore(member.lastAt()) ? member.lastAt() : millis;
    return command.match(new MemberRules(member, at));
  }

  @Override
  public MemberDecision register(MemberCommand.Register command) {
    if (member.registered()) {
      boolean repeated = member.deviceList().equals(Optional.of(command.list()));
      return repeated ? accept() : refuse(Reason.MEMBER_EXISTS);
    }
    return begin(command);
  }

  /**
   * A new chain beside the lost one. Its device has another id than any before, so that nothing
   * that the lost ones signed can be taken for its own.
   */
  @Override
  public MemberDecision startOver(MemberCommand.StartOver command) {
    MemberCommand.Register registration = command.registration();
    if (member.deviceList().equals(Optional.of(registration.list()))) {
      return accept();
    }
    if (!member.registered()) {
      return refuse(Reason.MEMBER_NOT_FOUND);
    }
    if (member.chain().hasUsed(registration.by().device())) {
      return refuse(Reason.DEVICE_ID_USED);
    }
    if (!member.chain().canRetire()) {
      return refuse(Reason.DEVICE_LISTS_FULL);
    }
    return registration.role() == member.role()
        ? begin(registration)
        : refuse(Reason.ENROLMENT_INVALID);
  }

  private MemberDecision begin(MemberCommand.Register command) {
    if (!isFirstListOf(command.by(), command.list())) {
      return refuse(Reason.DEVICE_LIST_INVALID);
    }
    if (command.oneTimeKeys().size() > KeyStock.ONE_TIME_KEYS_MAX) {
      return refuse(Reason.TOO_MANY_ITEMS);
    }
    if (!command.fallbackKey().fallback()) {
      return refuse(Reason.KEY_INVALID);
    }
    var intake = new KeyIntake(KeyStock.of(command.fallbackKey()), command.oneTimeKeys());
    if (!intake.refusals().isEmpty()) {
      return refuse(intake.refusals().get(0).reason());
    }
    var events = new ArrayList<MemberEvent>();
    events.add(new MemberEvent.MemberRegistered(
        command.list(), command.role(), command.fallbackKey(), at));
    addTaken(events, command.by().device(), intake);
    return new MemberDecision.Accepted(events);
  }

  @Override
  public MemberDecision changeDevices(MemberCommand.ChangeDevices command) {
    return new DeviceListRules(member, command)
        .problem()
        .map(MemberDecision::refuse)
        .orElseGet(() -> changed(command));
  }

  private MemberDecision changed(MemberCommand.ChangeDevices command) {
    return member.deviceList().equals(Optional.of(command.next()))
        ? accept()
        : accept(new MemberEvent.DevicesChanged(
            command.next(), command.fallbackKey(), command.linkProof(), at));
  }

  /** What another version has made out of date is ignored: it will be told again. */
  @Override
  public MemberDecision markTold(MemberCommand.MarkTold command) {
    List<GroupId> told =
        command.groups().stream().filter(member.owed()::contains).distinct().toList();
    boolean newest = member.deviceList().equals(Optional.of(command.list()));
    return newest && !told.isEmpty()
        ? accept(new MemberEvent.GroupNoticesChanged(List.of(), told, at))
        : accept();
  }

  private boolean isFirstListOf(DeviceAddress by, DeviceList list) {
    return by.member().equals(member.id())
        && list.member().equals(member.id())
        && list.version() == 1
        && list.devices().size() == 1
        && list.devices().get(0).device().equals(by.device())
        && list.signer().equals(by.device());
  }

  @Override
  public MemberDecision uploadKeys(MemberCommand.UploadKeys command) {
    return withDevice(command.by(), device -> upload(command, device));
  }

  private MemberDecision upload(MemberCommand.UploadKeys command, Device device) {
    if (command.oneTimeKeys().size() > KeyStock.ONE_TIME_KEYS_MAX) {
      return refuse(Reason.TOO_MANY_ITEMS);
    }
    DeviceId id = command.by().device();
    var intake = new KeyIntake(device.keys(), command.oneTimeKeys());
    var events = new ArrayList<MemberEvent>();
    addTaken(events, id, intake);
    var refusals = new ArrayList<>(intake.refusals());
    SignedKey current = device.keys().fallbackKey();
    for (SignedKey key : command.fallbackKey()) {
      Optional<Reason> problem = KeyIntake.fallbackProblem(current, key);
      problem.ifPresent(reason -> refusals.add(new MemberDecision.KeyRefusal(key.keyId(), reason)));
      if (problem.isEmpty() && !key.equals(current)) {
        events.add(new MemberEvent.FallbackKeyReplaced(id, key, at));
      }
    }
    return new MemberDecision.Uploaded(events, refusals);
  }

  private void addTaken(List<MemberEvent> events, DeviceId device, KeyIntake intake) {
    if (!intake.taken().isEmpty()) {
      events.add(new MemberEvent.OneTimeKeysAdded(device, intake.taken(), at));
    }
  }

  @Override
  public MemberDecision claimKey(MemberCommand.ClaimKey command) {
    return withDevice(command.device(), device -> claim(command, device));
  }

  private MemberDecision claim(MemberCommand.ClaimKey command, Device device) {
    DeviceId id = command.device().device();
    Optional<SignedKey> first = device.keys().first();
    KeyStock left = first.isPresent() ? device.keys().withoutFirst() : device.keys();
    var events = new ArrayList<MemberEvent>();
    first.ifPresent(key ->
        events.add(new MemberEvent.OneTimeKeyClaimed(id, command.claimant(), key.keyId(), at)));
    if (left.isLow() && !device.inbox().saysKeysLow()) {
      events.add(new MemberEvent.KeysRanLow(id, left.oneTimeKeys().size(), at));
    }
    return new MemberDecision.Claimed(events, first.orElse(device.keys().fallbackKey()));
  }

  /**
   * Takes what is new and ignores the rest: a group repeats itself after a crash.
   *
   * <p>A key for a device that the member no longer has is ignored too: nobody could read it, and
   * the group must not wait for it.
   */
  @Override
  public MemberDecision takeSealedKeys(MemberCommand.TakeSealedKeys command) {
    if (!member.registered()) {
      return refuse(Reason.MEMBER_NOT_FOUND);
    }
    var seen = new HashSet<DeviceAddress>();
    List<SealedKey> fresh = command.keys().stream()
        .filter(key -> isNew(command, key.device()) && seen.add(key.device()))
        .toList();
    var events = new ArrayList<MemberEvent>();
    if (!fresh.isEmpty()) {
      events.add(new MemberEvent.SealedKeysTaken(
          command.group(), command.epoch(), command.committer(), fresh, at));
    }
    if (isOutdated(command) && !member.owed().contains(command.group())) {
      events.add(new MemberEvent.GroupNoticesChanged(List.of(command.group()), List.of(), at));
    }
    return new MemberDecision.Accepted(events);
  }

  /**
   * Whether an epoch was sealed to other devices than the member has: its group, which the member
   * may not have known before, must be told of them.
   */
  private boolean isOutdated(MemberCommand.TakeSealedKeys command) {
    Set<DeviceId> sealedTo = command.keys().stream()
        .map(SealedKey::device)
        .filter(device -> device.member().equals(member.id()))
        .map(DeviceAddress::device)
        .collect(Collectors.toSet());
    return !sealedTo.equals(member.devices().keySet());
  }

  private boolean isNew(MemberCommand.TakeSealedKeys command, DeviceAddress address) {
    return address.member().equals(member.id())
        && member
            .device(address.device())
            .filter(device -> device.inbox().newestEpoch(command.group()) < command.epoch())
            .isPresent();
  }

  /** Takes what is new and ignores the rest, as with sealed keys. */
  @Override
  public MemberDecision takeKeyShare(MemberCommand.TakeKeyShare command) {
    if (!member.registered()) {
      return refuse(Reason.MEMBER_NOT_FOUND);
    }
    DeviceId id = command.to().device();
    boolean fresh = command.to().member().equals(member.id())
        && member
            .device(id)
            .filter(device -> device.inbox().isNew(command.share()))
            .isPresent();
    return fresh ? accept(new MemberEvent.KeyShareTold(id, command.share(), at)) : accept();
  }

  /** Who asks again before the first question was read asks in vain, and is not told so. */
  @Override
  public MemberDecision takeKeyRequest(MemberCommand.TakeKeyRequest command) {
    KeyRequest request = command.request();
    return withDevice(
        request.opening().device(),
        device -> device.inbox().takes(request)
            ? accept(new MemberEvent.KeysRequested(request, at))
            : accept());
  }

  @Override
  public MemberDecision acknowledgeInbox(MemberCommand.AcknowledgeInbox command) {
    return withDevice(command.by(), device -> acknowledge(command, device.inbox()));
  }

  private MemberDecision acknowledge(MemberCommand.AcknowledgeInbox command, Inbox inbox) {
    long upTo = command.upToSequence();
    if (upTo < 0 || upTo > inbox.lastSequence()) { // below 0: it is unsigned on the wire
      return refuse(Reason.ACKNOWLEDGEMENT_AHEAD);
    }
    return inbox.holdsUpTo(upTo)
        ? accept(new MemberEvent.InboxAcknowledged(command.by().device(), upTo, at))
        : accept();
  }

  private MemberDecision withDevice(
      DeviceAddress address, Function<Device, MemberDecision> decision) {
    if (!member.registered() || !address.member().equals(member.id())) {
      return refuse(Reason.MEMBER_NOT_FOUND);
    }
    return member
        .device(address.device())
        .map(decision)
        .orElseGet(() -> refuse(Reason.DEVICE_NOT_FOUND));
  }
}
