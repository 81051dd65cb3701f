package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.sender.RecentEnvelopes;
import io.karst.domain.sender.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Random batches of envelopes: first sends, retries, replays, forgeries and stragglers. */
final class RandomAppends {

  /** More than a device's retries are remembered for, so that some come too late. */
  private static final int SENT_MAX = 4 * RecentEnvelopes.MAX;

  private static final Bytes OTHER_SESSION = Fake.bytes("another session", 32);

  private final Directory directory;
  private final Pick pick;
  private final Random random;
  private final List<Envelope> sent = new ArrayList<>();
  private long clientIds;

  RandomAppends(Random random, Directory directory) {
    this.random = random;
    this.directory = directory;
    this.pick = new Pick(random);
  }

  GroupCommand append(Group group) {
    var submissions = new ArrayList<GroupCommand.Submission>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      boolean repeated = i > 0 && pick.oneIn(15);
      submissions.add(repeated ? submissions.get(i - 1) : submission(group));
    }
    return new GroupCommand.Append(submissions);
  }

  private GroupCommand.Submission submission(Group group) {
    DeviceAddress by = sender(group);
    long epoch = epoch(group);
    var envelopes = new ArrayList<Envelope>();
    int count = 1 + random.nextInt(pick.oneIn(30) ? GroupCommand.Submission.ENVELOPES_MAX : 4);
    long index = nextIndex(group, by, epoch);
    for (int i = 0; i < count; i++) {
      envelopes.add(envelope(by, epoch, index));
      index =
          Math.min(index + (pick.oneIn(40) ? random.nextInt(200) : 1), Envelope.MESSAGE_INDEX_MAX);
    }
    sent.addAll(envelopes);
    while (sent.size() > SENT_MAX) {
      sent.remove(random.nextInt(sent.size()));
    }
    return new GroupCommand.Submission(by, bindings(group, by, epoch), envelopes);
  }

  private DeviceAddress sender(Group group) {
    List<DeviceAddress> roster =
        new ArrayList<>(new TreeSet<>(group.epoch().roster().keySet()));
    return roster.isEmpty() || pick.oneIn(12) ? pick.from(directory.devices()) : pick.from(roster);
  }

  private long epoch(Group group) {
    long current = Math.max(1, group.epoch().number());
    return switch (random.nextInt(12)) {
      case 0, 1 -> Math.max(1, current - 1);
      case 2 -> Math.max(1, current - 2);
      case 3 -> pick.oneIn(3) ? current + 1 : current;
      default -> current;
    };
  }

  /** None, the right one, one of another epoch, a conflicting one, or somebody else's. */
  private List<SessionBinding> bindings(Group group, DeviceAddress by, long epoch) {
    boolean open = session(group, by, epoch).isPresent();
    return switch (random.nextInt(40)) {
      case 0 -> List.of();
      case 1 -> List.of(Fake.binding(by, epoch(group)));
      case 2 -> List.of(new SessionBinding(by, epoch, OTHER_SESSION, Fake.bytes("s", 64)));
      case 3 -> List.of(Fake.binding(pick.from(directory.devices()), epoch));
      default -> open && random.nextBoolean() ? List.of() : List.of(Fake.binding(by, epoch));
    };
  }

  private Envelope envelope(DeviceAddress by, long epoch, long index) {
    if (!sent.isEmpty() && pick.oneIn(10)) {
      List<Envelope> own = sent.stream().filter(old -> old.sender().equals(by)).toList();
      Envelope old = pick.from(own.isEmpty() || pick.oneIn(20) ? sent : own);
      return pick.oneIn(4) ? with(old, index, old.clientId()) : old;
    }
    DeviceAddress sender = pick.oneIn(80) ? pick.from(directory.devices()) : by;
    Bytes session = pick.oneIn(60) ? OTHER_SESSION : Fake.sessionKey(by, epoch);
    return new Envelope(
        epoch,
        sender,
        session,
        index,
        Fake.clientId(clientIds++),
        Fake.bytes("ciphertext " + clientIds, 40));
  }

  private static Envelope with(Envelope old, long index, ClientId clientId) {
    return new Envelope(
        old.epoch(), old.sender(), old.sessionId(), index, clientId, old.ciphertext());
  }

  /** The next index in order, or one in or below the window, or the last of all. */
  private long nextIndex(Group group, DeviceAddress by, long epoch) {
    long highest = session(group, by, epoch).map(s -> s.window().highest()).orElse(-1L);
    if (pick.oneIn(200)) {
      return Envelope.MESSAGE_INDEX_MAX - random.nextInt(3);
    }
    long index = pick.oneIn(6) ? highest - random.nextInt(70) : highest + 1;
    return Math.min(Math.max(0, index), Envelope.MESSAGE_INDEX_MAX);
  }

  private static Optional<Session> session(Group group, DeviceAddress by, long epoch) {
    return group.senders().of(by).flatMap(sender -> sender.session(epoch));
  }
}
