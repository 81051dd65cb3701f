package io.karst.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.GroupChannel;
import io.karst.domain.group.Group;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rotation that is due comes before its deadline and once, whatever befalls the devices. */
class DueRotationTest {

  private static final int EPOCH_AGE_MINUTES = 60;

  /** A tenth of the age. */
  private static final Duration NOTICE = Duration.ofMinutes(EPOCH_AGE_MINUTES / 10);

  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final Duration INSTANT = Duration.ofMillis(100);

  private final World world = new World(20_261, Rules.REAL);
  private final List<Phone> phones = Stream.of("ann", "bob", "cid")
      .map(name -> new Phone(world, DeviceAddress.of(name, "phone")))
      .toList();
  private GroupId group = new GroupId("0".repeat(32));

  @BeforeEach
  void foundGroup() {
    phones.forEach(Phone::start);
    world.time().pass(Duration.ofSeconds(10));
    Phone ann = phones.get(0);
    Policy policy = new Policy(Duration.ZERO, Duration.ofMinutes(EPOCH_AGE_MINUTES), 1_000);
    CompletableFuture<GroupChannel> made = ann.device()
        .orElseThrow()
        .createGroup(
            "caves",
            Map.of(new MemberId("bob"), Role.MEMBER, new MemberId("cid"), Role.MEMBER),
            policy);
    world.time().pass(Duration.ofSeconds(5));
    group = made.join().id();
    ann.ears().listen(made.join());
    world.time().pass(Duration.ofSeconds(5));
  }

  @Test
  void ofAllWhoListenOneRotates() {
    dueByAge();
    world.time().pass(NOTICE);
    assertEpoch(2);
  }

  @Test
  void allHaveReadOfItAndStartAnewBeforeAnybodyActs() {
    dueByAge();
    world.time().pass(MOMENT);
    assertEpoch(1);
    allStartAnew();
    world.time().pass(NOTICE);
    assertEpoch(2);
  }

  @Test
  void nobodyHasReadOfItBeforeAllStartAnew() {
    dueByAge();
    allStartAnew();
    world.time().pass(NOTICE);
    assertEpoch(2);
  }

  @Test
  void theOnlyOneWhoIsBackHadReadOfIt() {
    dueByAge();
    world.time().pass(MOMENT);
    phones.forEach(Phone::stop);
    phones.get(1).start();
    world.time().pass(NOTICE);
    assertEpoch(2);
  }

  @Test
  void whoRotatedAndDiedBeforeItHeardSoDoesNotRotateAgain() {
    dueByAge();
    world.time().pass(MOMENT);
    world.backend().group(group).crashAtNextEpoch();
    Duration end = world.time().now().plus(NOTICE);
    while (epoch() == 1 && world.time().now().compareTo(end) < 0) {
      world.time().pass(INSTANT);
    }
    assertThat(epoch()).as("written, and nobody was told").isEqualTo(2);
    allStartAnew();
    world.time().pass(NOTICE);
    assertEpoch(2);
  }

  @Test
  void whoWasAwayWhileAnotherRotatedDoesNotRotateAgain() {
    dueByAge();
    world.time().pass(MOMENT);
    phones.get(2).stop();
    world.time().pass(NOTICE.dividedBy(2));
    phones.get(0).stop();
    phones.get(1).stop();
    long epoch = epoch();
    phones.get(2).start();
    world.time().pass(NOTICE);
    assertThat(epoch).as("one of the others rotated").isEqualTo(2);
    assertEpoch(2);
  }

  private void allStartAnew() {
    phones.forEach(Phone::stop);
    world.time().pass(MOMENT);
    phones.forEach(Phone::start);
  }

  /** Somebody speaks in a group whose epoch is old. */
  private void dueByAge() {
    world.time().pass(Duration.ofMinutes(EPOCH_AGE_MINUTES).minus(NOTICE));
    CompletableFuture<?> sent =
        phones.get(0).device().orElseThrow().group(group).send("hello");
    world.time().pass(INSTANT);
    assertThat(sent).isCompleted();
    assertThat(state().due()).as("a rotation is due").isNotEmpty();
  }

  private long epoch() {
    return state().epoch().number();
  }

  private Group state() {
    return world.backend().group(group).log().group();
  }

  private void assertEpoch(long expected) {
    assertThat(epoch()).isEqualTo(expected);
    assertThat(world.violations()).isEmpty();
  }
}
