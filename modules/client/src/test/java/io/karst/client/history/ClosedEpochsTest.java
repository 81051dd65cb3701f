package io.karst.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.memory.DeviceMemory;
import io.karst.client.store.EpochRow;
import io.karst.client.store.GroupRow;
import io.karst.client.store.Position;
import io.karst.client.store.SharedRow;
import io.karst.client.store.Tables;
import io.karst.client.store.sqlite.SqliteStore;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each reason that a device knows by itself, from what its store holds. */
class ClosedEpochsTest {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final DeviceAddress SELF = DeviceAddress.of("ann", "phone");
  private static final DeviceAddress TABLET = DeviceAddress.of("ann", "tablet");
  private static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");
  private static final RandomBytes ONES = target -> Arrays.fill(target, (byte) 1);

  private final DeviceMemory memory =
      new DeviceMemory(SqliteStore.inMemory(), new Pickler(PickleKey.generate(ONES), ONES));

  @BeforeEach
  void joinWithEpochFive() {
    write(tables -> tables
        .groups()
        .save(new GroupRow(GROUP, "friends", GroupRow.Standing.ACTIVE, 5, Position.UNKNOWN)));
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @ParameterizedTest
  @CsvSource({
    "HELD, SESSION_UNKNOWN",
    "KEY_NOT_SEALED, KEY_NOT_SEALED",
    "KEY_NOT_OPENED, KEY_NOT_OPENED",
    "KEY_REFUSED, EPOCH_REFUSED"
  })
  void anEpochThatWasMeantForTheDeviceSaysWhatBecameOfItsKey(
      EpochRow.Access access, UnreadableReason why) {
    add(6, access, SELF, BOB);
    assertThat(why(6)).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({"KEY_NOT_SEALED", "KEY_NOT_OPENED", "KEY_REFUSED"})
  void aLostEpochThatWasGivenUpSaysSo(EpochRow.Access access) {
    add(6, access, SELF, BOB);
    write(tables -> tables.epochs().orphan(GROUP, new EpochRange(6, 7)));
    assertThat(why(6)).isEqualTo(UnreadableReason.EPOCH_ORPHANED);
  }

  @Test
  void whatWasGivenUpIsNoExcuseForAnEpochThatIsHeld() {
    add(6, EpochRow.Access.HELD, SELF, BOB);
    write(tables -> tables.epochs().orphan(GROUP, new EpochRange(6, 6)));
    assertThat(why(6)).isEqualTo(UnreadableReason.SESSION_UNKNOWN);
  }

  @Test
  void anEpochWithoutTheMemberSaysSo() {
    add(6, EpochRow.Access.NOT_IN_ROSTER, BOB);
    assertThat(why(6)).isEqualTo(UnreadableReason.NOT_A_MEMBER);
  }

  @Test
  void anEpochWithAnotherDeviceOfTheMemberSaysSo() {
    add(6, EpochRow.Access.NOT_IN_ROSTER, TABLET, BOB);
    pin(1, TABLET);
    pin(2, SELF, TABLET);
    assertThat(why(6)).isEqualTo(UnreadableReason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void anEpochAfterTheDeviceWasRevokedSaysSo() {
    add(6, EpochRow.Access.NOT_IN_ROSTER, TABLET, BOB);
    pin(1, SELF);
    pin(2, SELF, TABLET);
    pin(3, TABLET);
    assertThat(why(6)).isEqualTo(UnreadableReason.DEVICE_REVOKED);
  }

  @Test
  void anEpochBeforeTheFirstThatWasGrantedSaysSo() {
    add(3, EpochRow.Access.NOT_IN_ROSTER, BOB);
    add(4, EpochRow.Access.NOT_IN_ROSTER, BOB);
    assertThat(why(3)).isEqualTo(UnreadableReason.NOT_A_MEMBER);
    give(4);
    assertThat(why(3)).isEqualTo(UnreadableReason.BEFORE_HISTORY_GRANT);
    assertThat(why(2)).as("not known at all").isEqualTo(UnreadableReason.BEFORE_HISTORY_GRANT);
    assertThat(why(4)).isEqualTo(UnreadableReason.NOT_A_MEMBER);
  }

  @Test
  void lostKeysThatWereGivenBackAreNoGrant() {
    add(3, EpochRow.Access.NOT_IN_ROSTER, BOB);
    add(6, EpochRow.Access.KEY_NOT_OPENED, SELF, BOB);
    give(6);
    assertThat(why(3)).isEqualTo(UnreadableReason.NOT_A_MEMBER);
  }

  @Test
  void anUnknownEpochIsBeforeTheDeviceOrWasRefused() {
    assertThat(why(4)).isEqualTo(UnreadableReason.DEVICE_NOT_IN_ROSTER);
    assertThat(why(5)).isEqualTo(UnreadableReason.EPOCH_REFUSED);
  }

  @Test
  void aSessionThatWasGrantedFromALaterMessageOnSaysSo() {
    add(4, EpochRow.Access.NOT_IN_ROSTER, BOB);
    add(6, EpochRow.Access.KEY_NOT_OPENED, SELF, BOB);
    assertThat(given(4, UnreadableReason.INDEX_TOO_OLD))
        .isEqualTo(UnreadableReason.BEFORE_HISTORY_GRANT);
    assertThat(given(6, UnreadableReason.INDEX_TOO_OLD)).isEqualTo(UnreadableReason.INDEX_TOO_OLD);
    assertThat(given(4, UnreadableReason.FORGED)).isEqualTo(UnreadableReason.FORGED);
  }

  private UnreadableReason why(long epoch) {
    return memory.<UnreadableReason>transaction(unsealed -> new ClosedEpochs(unsealed, GROUP, SELF)
        .why(epoch, unsealed.tables().epochs().find(GROUP, epoch)));
  }

  private UnreadableReason given(long epoch, UnreadableReason why) {
    return memory.<UnreadableReason>transaction(unsealed -> new ClosedEpochs(unsealed, GROUP, SELF)
        .given(unsealed.tables().epochs().find(GROUP, epoch), why));
  }

  private void add(long epoch, EpochRow.Access access, DeviceAddress... roster) {
    Manifest manifest = new Manifest(
        GROUP,
        epoch,
        1,
        bytes(1, 32),
        RotationReason.MANUAL,
        BOB,
        bytes(2, 32),
        Arrays.stream(roster)
            .map(device -> new RosterEntry(device.member(), 1, identity(device.device())))
            .toList());
    write(tables -> tables
        .epochs()
        .add(new EpochRow(EpochStatements.signed(manifest, bytes(3, 64)), access), Map.of()));
  }

  private void pin(long version, DeviceAddress... devices) {
    List<DeviceIdentity> listed =
        Arrays.stream(devices).map(device -> identity(device.device())).toList();
    Bytes previous = version == 1 ? Bytes.EMPTY : bytes(1, 32);
    DeviceId signer = listed.get(0).device();
    write(tables -> tables
        .pins()
        .pin(new DeviceList(SELF.member(), version, previous, listed, signer, bytes(4, 64))));
  }

  private void give(long epoch) {
    write(tables ->
        tables.shared().add(new SharedRow(GROUP, epoch, BOB, bytes(5, 32), BOB, bytes(6, 10))));
  }

  private void write(Consumer<Tables> work) {
    memory.transaction(unsealed -> {
      work.accept(unsealed.tables());
      return true;
    });
  }

  private static DeviceIdentity identity(DeviceId device) {
    return new DeviceIdentity(device, bytes(7, 32), bytes(8, 32));
  }

  private static Bytes bytes(int value, int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) value);
    return Bytes.copyOf(content);
  }
}
