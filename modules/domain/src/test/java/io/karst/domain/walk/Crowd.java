package io.karst.domain.walk;

import io.karst.domain.group.Change;
import io.karst.domain.group.Group;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** More members, and more devices, than fit in a group. */
public final class Crowd {

  private static final String[] DEVICES = {"d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"};

  /** With 8 devices each, more than a roster takes. */
  private static final int REGISTERED = 126;

  private static final List<MemberId> ALL = IntStream.range(0, Group.MEMBERS_MAX)
      .mapToObj(i -> new MemberId("crowd" + i))
      .toList();

  private Crowd() {}

  static void register(Directory directory) {
    ALL.stream().limit(REGISTERED).forEach(m -> directory.register(m.value(), DEVICES));
  }

  static boolean has(MemberId member) {
    return member.value().startsWith("crowd");
  }

  static List<Change> additions() {
    return ALL.stream()
        .limit(REGISTERED)
        .<Change>map(member -> new Change.Add(member, Role.MEMBER))
        .toList();
  }

  /** As many members as a group may have, so that its creator is one too many. */
  public static Map<MemberId, Role> members() {
    return ALL.stream().collect(Collectors.toMap(Function.identity(), m -> Role.MEMBER));
  }
}
