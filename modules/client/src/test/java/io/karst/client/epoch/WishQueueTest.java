package io.karst.client.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.work.DeviceLoop;
import io.karst.domain.group.Change;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WishQueueTest {

  private static final GroupId GROUP = new GroupId("00112233445566778899aabbccddeeff");
  private static final GroupId OTHER = new GroupId("ffeeddccbbaa99887766554433221100");

  /** One commit: what it grants, and its end. */
  private record Commit(GroupId group, List<Wish> wishes, CompletableFuture<Void> end) {
    void finish(long epoch) {
      wishes.forEach(wish -> wish.grant(epoch));
      end.complete(null);
    }
  }

  private final DeviceLoop loop = DeviceLoop.threaded("wishes");
  private final BlockingQueue<Commit> commits = new LinkedBlockingQueue<>();
  private final WishQueue queue = new WishQueue(loop, this::grant);

  private CompletableFuture<Void> grant(GroupId group, List<Wish> wishes) {
    var commit = new Commit(group, List.copyOf(wishes), new CompletableFuture<>());
    commits.add(commit);
    return commit.end();
  }

  @AfterEach
  void close() {
    loop.close(() -> {});
  }

  @Test
  void joinsThatComeCloseTogetherShareACommit() {
    List<CompletableFuture<Long>> joins =
        IntStream.range(0, 20).mapToObj(i -> queue.ask(GROUP, add("m" + i))).toList();
    Commit commit = next();
    assertThat(commit.wishes()).hasSize(20);
    commit.finish(7);
    joins.forEach(join -> assertThat(join.join()).isEqualTo(7));
    assertThat(commits).isEmpty();
  }

  @Test
  void whatComesWhileACommitIsUnderWaySharesTheNextOne() {
    wants(GROUP, remove("a"));
    Commit first = next();
    List.of("b", "c", "d").forEach(name -> wants(GROUP, remove(name)));
    wants(GROUP, Wish.ofEpoch(view -> true));
    settle();
    assertThat(commits).isEmpty();
    first.finish(2);
    Commit second = next();
    assertThat(second.wishes()).hasSize(4);
    second.finish(3);
  }

  @Test
  void aRemovalTakesAlongWhatWaits() {
    CompletableFuture<Long> join = queue.ask(GROUP, add("a"));
    CompletableFuture<Long> removal = queue.ask(GROUP, remove("b"));
    Commit commit = next();
    assertThat(commit.wishes()).hasSize(2);
    commit.finish(4);
    assertThat(join.join()).isEqualTo(4);
    assertThat(removal.join()).isEqualTo(4);
  }

  @Test
  void twoChangesOfOneMemberAreMadeInTheirOrder() {
    wants(GROUP, add("a"));
    wants(GROUP, add("b"));
    wants(GROUP, remove("a"));
    Commit first = next();
    assertThat(changes(first)).containsExactly("Add a", "Add b");
    first.finish(2);
    Commit second = next();
    assertThat(changes(second)).containsExactly("Remove a");
    second.finish(3);
  }

  @Test
  void groupsDoNotWaitForEachOther() {
    wants(GROUP, remove("a"));
    Commit one = next();
    wants(OTHER, remove("a"));
    Commit other = next();
    assertThat(one.group()).isNotEqualTo(other.group());
    one.finish(2);
    other.finish(2);
  }

  @Test
  void aCommitThatFailsDoesNotEndTheQueue() {
    wants(GROUP, remove("a"));
    next().end().completeExceptionally(new IllegalStateException("lost"));
    wants(GROUP, remove("b"));
    assertThat(changes(next())).containsExactly("Remove b");
  }

  private void wants(GroupId group, Wish wish) {
    var unused = queue.ask(group, wish);
  }

  private Commit next() {
    try {
      Commit commit = commits.poll(60, TimeUnit.SECONDS);
      assertThat(commit).isNotNull();
      return commit;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Everything that was posted before has run. */
  private void settle() {
    loop.submit(() -> true).join();
    loop.submit(() -> true).join();
  }

  private static List<String> changes(Commit commit) {
    return commit.wishes().stream()
        .map(wish -> wish.change().orElseThrow())
        .map(change -> change.getClass().getSimpleName() + " " + change.member())
        .toList();
  }

  private static Wish add(String member) {
    return Wish.of(new Change.Add(new MemberId(member), Role.MEMBER));
  }

  private static Wish remove(String member) {
    return Wish.of(new Change.Remove(new MemberId(member)));
  }
}
