package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Walks groups through random commands: a seed makes the same walk every time.
 *
 * <p>When a group has been archived for a while, the walk goes on with a new one. Mutable: belongs
 * to one test.
 */
public final class GroupWalk {

  /** What one step did; {@code after} follows from {@code before} and the decision's events. */
  public record Step(
      Group before, GroupCommand command, Instant now, Decision decision, Group after) {}

  private static final int STEPS_AFTER_END = 15;

  private final Random random;
  private final Pick pick;
  private final Directory directory = new Directory();
  private final RandomCommits commits;
  private final RandomAppends appends;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<DeviceList> told = new ArrayList<>();
  private int linked;
  private int groups;
  private int stepsAfterEnd;
  private Group group;

  public GroupWalk(long seed) {
    this(seed, Fake::hash);
  }

  /**
   * @param hash of a manifest's statement; where events are stored and read back, it must be the
   *     one that the reader computes
   */
  public GroupWalk(long seed, Function<Manifest, Bytes> hash) {
    random = new Random(seed);
    pick = new Pick(random);
    for (String member : List.of("alice", "bob", "carol", "dave", "erin", "frank")) {
      directory.register(member, "laptop", "phone");
    }
    Crowd.register(directory);
    commits = new RandomCommits(random, new Proposals(directory, hash));
    appends = new RandomAppends(random, directory);
    group = nextGroup();
  }

  /** The journals of all groups of a walk, oldest first, each as its group would write it. */
  public static List<List<GroupEvent>> journals(
      long seed, int steps, Function<Manifest, Bytes> hash) {
    var walk = new GroupWalk(seed, hash);
    var journals = new ArrayList<List<GroupEvent>>();
    for (int i = 0; i < steps; i++) {
      Step step = walk.step();
      if (!step.before().exists() && step.after().exists()) {
        journals.add(new ArrayList<>());
      }
      if (step.after().exists()) {
        journals.get(journals.size() - 1).addAll(step.decision().events());
      }
    }
    return journals;
  }

  /** Decides one random command and applies what was decided. */
  public Step step() {
    if (group.archived() && stepsAfterEnd++ == STEPS_AFTER_END) {
      group = nextGroup();
    }
    moveClock();
    if (pick.oneIn(120)) {
      changeDevices();
    }
    Group before = group;
    GroupCommand command = command();
    Decision decision = GroupRules.decide(before, command, now);
    for (GroupEvent event : decision.events()) {
      group = group.evolve(event);
    }
    return new Step(before, command, now, decision, group);
  }

  private Group nextGroup() {
    stepsAfterEnd = 0;
    commits.forget();
    told.clear();
    directory.members().forEach(member -> told.add(directory.list(member)));
    return Group.empty(Fake.groupId("walk " + groups++));
  }

  private GroupCommand command() {
    int dice = random.nextInt(100);
    if (dice < (group.exists() ? 2 : 70)) {
      return commits.create(group);
    }
    if (dice < 4) {
      return new GroupCommand.Leave(anybody());
    }
    if (dice < 5) {
      return new GroupCommand.Archive(anybody());
    }
    if (dice == 5) {
      return new GroupCommand.ReportCompromise(anybody());
    }
    if (dice == 6) {
      return commits.setPolicy();
    }
    if (dice == 7 && !told.isEmpty()) {
      return new GroupCommand.NoteDevices(pick.oneIn(4) ? pick.from(told) : newestTold());
    }
    if (dice == 8 && group.exists()) {
      return commits.refuseEpoch(group);
    }
    if (dice < 12) {
      return new GroupCommand.MarkDelivered(group.epochs().delivered() + random.nextInt(3));
    }
    if (dice < 15) {
      return commits.shareHistory(group);
    }
    return dice < 35 && group.exists() ? commits.commit(group) : appends.append(group);
  }

  private DeviceAddress anybody() {
    List<DeviceAddress> revoked = group.revoked().stream().sorted().toList();
    return revoked.isEmpty() || pick.oneIn(3) ? pick.from(directory.devices()) : pick.from(revoked);
  }

  /** Mostly onwards, sometimes past every grace, sometimes back. */
  private void moveClock() {
    Duration step = switch (random.nextInt(40)) {
      case 0 -> Duration.ofMinutes(random.nextInt(15));
      case 1 -> Duration.ofSeconds(-random.nextInt(60));
      default -> Duration.ofNanos(random.nextLong(3_000_000_000L));
    };
    now = now.plus(step);
  }

  /**
   * Somebody links or unlinks a device, or, which no honest server allows, a device gets other keys
   * under its old name: then the group is told nothing of this member any more.
   */
  private void changeDevices() {
    MemberId member = pick.from(directory.members());
    List<String> names = new ArrayList<>();
    directory.devices(member).forEach(device -> names.add(device.device().value()));
    switch (random.nextInt(6)) {
      case 0 -> {
        directory.rekey(member, random.nextInt(100));
        told.removeIf(list -> list.member().equals(member));
        return;
      }
      case 1, 2, 3 -> {
        if (names.size() > 1) {
          names.remove(random.nextInt(names.size()));
        }
      }
      default -> {
        if (names.size() < DeviceList.DEVICES_MAX) {
          names.add("device-" + linked++);
        }
      }
    }
    directory.register(member.value(), names.toArray(String[]::new));
    if (told.stream().anyMatch(list -> list.member().equals(member))) {
      told.add(directory.list(member));
    }
  }

  private DeviceList newestTold() {
    MemberId member = pick.from(told).member();
    return directory.list(member);
  }
}
