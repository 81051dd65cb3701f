package io.karst.journal.history;

import io.karst.domain.group.Change;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A group that goes where a seed leads it; commands that the rules refuse leave no trace. */
public final class RandomWalk {

  private final Random random;
  private final TestMembers members = new TestMembers();
  private final GroupHistory history;
  private long nextIndex;

  private RandomWalk(long seed) {
    random = new Random(seed);
    MemberId ada = members.register("ada", "laptop", "phone");
    MemberId bo = members.register("bo", "phone");
    members.register("cleo", "desk", "phone", "tablet");
    members.register("dev", "phone");
    history = new GroupHistory(members, ada);
    history.create(members.device(ada, 0), Map.of(bo, Role.OWNER));
  }

  /** The history after {@code steps} commands. */
  public static GroupHistory of(long seed, int steps) {
    var walk = new RandomWalk(seed);
    for (int i = 0; i < steps && !walk.history.group().members().isEmpty(); i++) {
      walk.step();
    }
    return walk.history;
  }

  private void step() {
    history.pass(Duration.ofMillis(random.nextInt(10_000)));
    TestDevice device = anyDevice();
    long epoch = history.group().epoch().number();
    switch (random.nextInt(24)) {
      case 0, 1 -> history.commit(device);
      case 2, 3 -> history.commit(device, new Change.Add(anyMember(), anyRole()));
      case 4 -> remove(device);
      case 5 -> history.commit(device, new Change.SetRole(anyMember(), anyRole()));
      case 6 -> history.leave(device);
      case 7 -> history.markDelivered(history.group().epochs().delivered() + 1);
      case 8, 9, 10 -> history.send(device, Math.max(1, epoch - 1), anyIndex());
      case 11, 12 -> history.send(device, epoch, anyIndex(), anyIndex(), anyIndex());
      default -> history.send(device, epoch, anyIndex());
    }
  }

  private void remove(TestDevice by) {
    if (history.group().members().size() > 1) {
      history.commit(by, new Change.Remove(anyMember()));
    }
  }

  private MemberId anyMember() {
    List<MemberId> ids = members.ids();
    return ids.get(random.nextInt(ids.size()));
  }

  private TestDevice anyDevice() {
    return members.device(anyMember(), random.nextInt(3));
  }

  private Role anyRole() {
    return List.of(Role.values()).get(random.nextInt(Role.values().length));
  }

  /** Mostly the next one, sometimes one that was used before. */
  private long anyIndex() {
    return random.nextInt(8) == 0 ? random.nextInt(20) : nextIndex++;
  }
}
