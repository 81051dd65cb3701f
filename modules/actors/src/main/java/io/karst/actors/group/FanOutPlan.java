package io.karst.actors.group;

import io.karst.domain.device.MemberCommand.TakeSealedKeys;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.id.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which member is to be told of which epoch next.
 *
 * <p>Each member is told of epochs in ascending order, one at a time, since its inbox takes them in
 * that order only. Members do not wait for each other: one that does not answer delays nobody,
 * until {@value #EPOCHS_MAX} epochs are under way.
 *
 * <p>Mutable; owned by one actor. Invariant: {@code missing} has the epochs under way, each with
 * the members that did not answer yet; a member with debts is ready, told, or waits for
 * {@link #again}.
 */
public final class FanOutPlan {

  /** Epochs whose sealed keys are in memory at the same time: 4 MiB for the largest group. */
  public static final int EPOCHS_MAX = 8;

  /** One telling. */
  public record Telling(MemberId member, TakeSealedKeys command) {}

  /** What one member is still to be told. */
  private static final class Debt {
    private final MemberId member;
    private final Queue<TakeSealedKeys> commands = new ArrayDeque<>();
    private int attempts;

    Debt(MemberId member) {
      this.member = member;
    }
  }

  private final int tellingMax;
  private final TreeMap<Long, Set<MemberId>> missing = new TreeMap<>();
  private final Map<MemberId, Debt> debts = new HashMap<>();
  private final LinkedHashSet<Debt> ready = new LinkedHashSet<>();
  private final Set<Debt> told = new HashSet<>();
  private long admitted;
  private long owed;

  public FanOutPlan(int tellingMax) {
    this.tellingMax = tellingMax;
  }

  /** Keys of the epochs after {@code delivered}, up to {@code current}, are not known to be out. */
  public void owe(long delivered, long current) {
    admitted = Math.max(admitted, delivered);
    owed = Math.max(owed, current);
  }

  /** How many epochs after {@link #admitted()} are to be told, and have room in memory. */
  public long room() {
    return Math.min(owed - admitted, EPOCHS_MAX - (long) missing.size());
  }

  /** The newest epoch that is, or was, under way. */
  public long admitted() {
    return admitted;
  }

  /**
   * Takes an epoch's keys if it is the next one and there is room; otherwise they must be read
   * later.
   */
  public void admit(EpochStarted started) {
    long epoch = started.manifest().manifest().epoch();
    if (epoch != admitted + 1 || missing.size() == EPOCHS_MAX) {
      return;
    }
    admitted = epoch;
    owed = Math.max(owed, epoch);
    Map<MemberId, List<SealedKey>> byMember = started.sealedKeys().stream()
        .collect(Collectors.groupingBy(key -> key.device().member()));
    missing.put(epoch, new HashSet<>(byMember.keySet()));
    byMember.forEach((member, keys) -> add(member, command(started, keys)));
  }

  /** Whom to tell what, now. */
  public List<Telling> next() {
    var tellings = new ArrayList<Telling>();
    Iterator<Debt> each = ready.iterator();
    while (told.size() < tellingMax && each.hasNext()) {
      Debt debt = each.next();
      each.remove();
      told.add(debt);
      tellings.add(new Telling(debt.member, debt.commands.element()));
    }
    return tellings;
  }

  /**
   * A member has an epoch's keys. Answers the epochs that everybody has now, and had not before,
   * ascending.
   */
  public List<Long> taken(MemberId member, long epoch) {
    Debt debt = debts.get(member);
    if (debt == null || debt.commands.element().epoch() != epoch) {
      return List.of();
    }
    debt.commands.remove();
    debt.attempts = 0;
    told.remove(debt);
    ready.remove(debt);
    if (debt.commands.isEmpty()) {
      debts.remove(member);
    } else {
      ready.add(debt);
    }
    return complete(member, epoch);
  }

  /**
   * A member did not answer. It gives way to others until {@link #again}; answers how often it was
   * told in vain.
   */
  public int late(MemberId member) {
    Debt debt = debts.get(member);
    if (debt == null) {
      return 0;
    }
    told.remove(debt);
    debt.attempts++;
    return debt.attempts;
  }

  /** A member that did not answer is to be told again. */
  public void again(MemberId member) {
    Debt debt = debts.get(member);
    if (debt != null && !told.contains(debt)) {
      ready.add(debt);
    }
  }

  private void add(MemberId member, TakeSealedKeys command) {
    Debt debt = debts.computeIfAbsent(member, Debt::new);
    debt.commands.add(command);
    if (debt.commands.size() == 1) {
      ready.add(debt);
    }
  }

  private List<Long> complete(MemberId member, long epoch) {
    missing.computeIfPresent(epoch, (e, members) -> {
      members.remove(member);
      return members;
    });
    var complete = new ArrayList<Long>();
    while (!missing.isEmpty() && missing.firstEntry().getValue().isEmpty()) {
      complete.add(missing.pollFirstEntry().getKey());
    }
    return complete;
  }

  private static TakeSealedKeys command(EpochStarted started, List<SealedKey> keys) {
    var manifest = started.manifest().manifest();
    return new TakeSealedKeys(manifest.group(), manifest.epoch(), manifest.committer(), keys);
  }
}
