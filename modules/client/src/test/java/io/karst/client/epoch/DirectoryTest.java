package io.karst.client.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.DeviceListRefused;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.hand.HandServer.Reply;
import io.karst.client.wire.DeviceWire;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.DeviceLists;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.ListDeviceVersionsResponse;
import io.karst.wire.v1.ListDevicesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers about devices that come in another order than the questions. */
class DirectoryTest {

  private static final MemberId BOB = new MemberId("bob");

  private final VirtualTime time = new VirtualTime();
  private final HandServer server = new HandServer();
  private final HandPhone ann = new HandPhone(DeviceAddress.of("ann", "phone"), time, server, 1);
  private final HandPhone bob = new HandPhone(DeviceAddress.of("bob", "phone"), time, server, 2);
  private final HandPhone tablet =
      new HandPhone(DeviceAddress.of("bob", "tablet"), time, server, 3);
  private final Watcher watcher = new Watcher();
  private final Directory directory = new Directory(ann.context(), watcher);
  private final List<Reply<ListDevicesResponse>> held = new ArrayList<>();
  private final List<DeviceList> versions = new ArrayList<>();

  @BeforeEach
  void bobHasFourVersions() {
    versions.add(bob.list(1, Bytes.EMPTY, bob.identity()));
    next(bob.identity(), tablet.identity());
    next(bob.identity());
    next(bob.identity(), tablet.identity());
    server.streams(DeviceServiceGrpc.getListDevicesMethod(), (request, reply) -> held.add(reply));
    server.answers(
        DeviceServiceGrpc.getListDeviceVersionsMethod(),
        request -> ListDeviceVersionsResponse.newBuilder()
            .addAllDeviceLists(versions.stream()
                .filter(list -> list.version() > request.getAfterVersion())
                .map(DeviceWire::deviceList)
                .toList())
            .setNewestVersion(versions.size())
            .build());
  }

  private void next(DeviceIdentity... devices) {
    DeviceList before = versions.get(versions.size() - 1);
    versions.add(bob.list(before.version() + 1, DeviceLists.hash(before), devices));
  }

  @Test
  void anAnswerThatWasOvertakenIsNoRollback() {
    know(1);
    CompletableFuture<List<DeviceList>> first = ask();
    CompletableFuture<List<DeviceList>> second = ask();

    answer(1, version(2));
    answer(0, version(1));

    assertThat(second).isCompletedWithValue(List.of(version(2)));
    assertThat(first).as("the newest that is known").isCompletedWithValue(List.of(version(2)));
    assertThat(watcher.changed).containsExactly(version(2));
  }

  @Test
  void twoAnswersThatNeedTheSameVersionsBetweenDoNotRefuseEachOther() {
    know(1);
    CompletableFuture<List<DeviceList>> first = ask();
    CompletableFuture<List<DeviceList>> second = ask();
    CompletableFuture<List<DeviceList>> third = ask();

    held.get(0).send(response(version(4)));
    held.get(1).send(response(version(3)));
    held.get(2).send(response(version(4)));
    held.forEach(Reply::complete);
    time.settle();

    for (var asked : List.of(first, second, third)) {
      assertThat(asked).isCompletedWithValue(List.of(version(4)));
    }
    assertThat(watcher.changed).containsExactly(version(2), version(3), version(4));
  }

  @Test
  void anOlderVersionThanWasKnownWhenItWasAskedForIsARollback() {
    know(1);
    know(2);

    requireRefused(ask(), version(1), Flaw.ROLLED_BACK);
  }

  @Test
  void anotherListOfAKnownVersionIsRefusedThoughItWasOvertaken() {
    know(1);
    CompletableFuture<List<DeviceList>> first = ask();
    CompletableFuture<List<DeviceList>> second = ask();
    answer(1, version(2));
    assertThat(second).isCompleted();

    requireRefused(
        first, bob.list(2, DeviceLists.hash(version(1)), tablet.identity()), Flaw.TWO_STATEMENTS);
  }

  @Test
  void aListThatTheServerShowsByItselfMayBeOvertakenToo() {
    know(1);
    know(2);

    CompletableFuture<DeviceList> taken =
        ann.context().loop().start(() -> directory.take(version(1)));
    time.settle();

    assertThat(taken).isCompletedWithValue(version(2));
  }

  private void requireRefused(
      CompletableFuture<List<DeviceList>> asked, DeviceList shown, Flaw flaw) {
    answer(0, shown);
    assertThatThrownBy(asked::join)
        .cause()
        .isInstanceOfSatisfying(
            SecurityViolation.class,
            e -> assertThat(e.problem())
                .isEqualTo(new DeviceListRefused(BOB, shown.version(), flaw)));
  }

  private DeviceList version(int number) {
    return versions.get(number - 1);
  }

  private void know(int number) {
    CompletableFuture<List<DeviceList>> asked = ask();
    answer(0, version(number));
    assertThat(asked).isCompletedWithValue(List.of(version(number)));
    held.clear();
    watcher.changed.clear();
  }

  private CompletableFuture<List<DeviceList>> ask() {
    CompletableFuture<List<DeviceList>> asked =
        ann.context().loop().start(() -> directory.newest(List.of(BOB)));
    time.settle();
    return asked;
  }

  private void answer(int place, DeviceList list) {
    held.get(place).send(response(list));
    held.get(place).complete();
    time.settle();
  }

  private static ListDevicesResponse response(DeviceList list) {
    return ListDevicesResponse.newBuilder()
        .addDeviceLists(DeviceWire.deviceList(list))
        .build();
  }

  /** Remembers whose devices changed; nothing else may be told. */
  private static final class Watcher implements EpochWatcher {

    private final List<DeviceList> changed = new ArrayList<>();

    @Override
    public void devicesChanged(DeviceList list) {
      changed.add(list);
    }

    @Override
    public void joined(GroupId group) {
      throw new AssertionError("joined " + group);
    }

    @Override
    public void installed(GroupId group) {
      throw new AssertionError("installed " + group);
    }

    @Override
    public void keysShared(GroupId group, DeviceAddress by, long fromEpoch, long toEpoch) {
      throw new AssertionError("keys shared by " + by);
    }

    @Override
    public void warned(SecurityProblem problem) {
      throw new AssertionError(problem.summary());
    }
  }
}
