package io.karst.proof.entry;

import static io.karst.proof.statement.Samples.repeated;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SealedKeys;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceId;
import io.karst.proof.statement.EpochStatements;
import io.karst.proof.statement.Golden;
import io.karst.proof.statement.HistoryStatements;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.Samples;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares leaves with hashes that were made by another program from docs/protocol.md. */
class EntryLeavesTest {

  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final SignedManifest MANIFEST =
      EpochStatements.signed(Samples.SECOND, Samples.SIGNATURE);

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Policy LIMITED = new Policy(GRACE, Duration.ofHours(1), 300);

  private static final KeyShare SHARE =
      new KeyShare(Samples.ALICE_PHONE, Samples.BOB_TABLET, 1, 2, 1, repeated(0x74, 9));

  static Stream<Arguments> controlEntries() {
    var by = Samples.ALICE_PHONE;
    var bob = Samples.BOB;
    return Stream.of(
        Arguments.of("member-added", 3, new GroupEvent.MemberAdded(by, bob, Role.ADMIN, AT)),
        Arguments.of("member-removed", 3, new GroupEvent.MemberRemoved(by, bob, AT)),
        Arguments.of("member-left", 3, new GroupEvent.MemberLeft(Samples.BOB_TABLET, AT)),
        Arguments.of("role-changed", 3, new GroupEvent.RoleChanged(by, bob, Role.OWNER, AT)),
        Arguments.of(
            "rotation-due",
            3,
            new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, AT.plusSeconds(1), AT)),
        Arguments.of("epoch-ended", 3, new GroupEvent.EpochEnded(by, 3, AT.plusSeconds(30), AT)),
        Arguments.of(
            "epoch-started", 2, new GroupEvent.EpochStarted(MANIFEST, Samples.SEALED_KEYS, AT)),
        Arguments.of("epoch-keys-delivered", 3, new GroupEvent.EpochKeysDelivered(3, AT)),
        Arguments.of("session-opened", 3, new GroupEvent.SessionOpened(binding(), AT)),
        Arguments.of("group-archived", 3, new GroupEvent.GroupArchived(by, AT)),
        Arguments.of("compromise-reported", 3, new GroupEvent.CompromiseReported(by, AT)),
        Arguments.of("policy-changed", 3, new GroupEvent.PolicyChanged(by, LIMITED, AT)),
        Arguments.of("epoch-refused", 3, new GroupEvent.EpochRefused(Samples.BOB_TABLET, 3, AT)),
        Arguments.of(
            "epochs-orphaned", 3, new GroupEvent.EpochsOrphaned(by, new EpochRange(1, 3), AT)),
        Arguments.of(
            "devices-revoked",
            3,
            new GroupEvent.DevicesRevoked(
                bob, List.of(new DeviceId("phone"), new DeviceId("tablet")), AT)),
        Arguments.of(
            "policy-changed-history",
            3,
            new GroupEvent.PolicyChanged(by, LIMITED.with(History.FROM_INDEX), AT)),
        Arguments.of("history-shared", 3, new GroupEvent.HistoryShared(SHARE, AT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("controlEntries")
  void aControlEntryIsHashedAsSpecified(String name, long epoch, GroupEvent event)
      throws IOException {
    assertThat(event.match(new EntryLeaves(Samples.GROUP, 7, epoch))).containsExactly(golden(name));
  }

  @Test
  void entriesOfAMembersOwnDevicesAreHashedAsSpecified() throws IOException {
    var leaves = new EntryLeaves(Samples.GROUP, 7, 0);
    var list = new DeviceList(
        Samples.ALICE,
        1,
        Bytes.EMPTY,
        List.of(Samples.PHONE),
        Samples.PHONE.device(),
        Samples.SIGNATURE);
    assertThat(leaves.ownerDevicesNoted(new GroupEvent.OwnerDevicesNoted(list, AT)))
        .containsExactly(golden("owner-devices"));
    var sent = new GroupEvent.OwnerMessageSent(Samples.OWNER_MESSAGE, AT);
    assertThat(leaves.ownerMessageSent(sent)).containsExactly(golden("owner-message"));
    OwnerHeader header = OwnerHeader.of(Samples.OWNER_MESSAGE);
    assertThat(leaves.ownerMessageSent(header, AT)).containsExactly(golden("owner-message"));
  }

  @Test
  void theFirstEntryIsHashedAsSpecified() throws IOException {
    var created = new GroupEvent.GroupCreated(
        Samples.ALICE_PHONE, Samples.GROUP, Samples.NONCE, Policy.withoutLimits(GRACE), AT);
    assertThat(created.match(new EntryLeaves(Samples.GROUP, 0, 0)))
        .containsExactly(golden("group-created"));
  }

  @Test
  void theFirstEntryCoversTheLimitsOfEpochs() throws IOException {
    var created =
        new GroupEvent.GroupCreated(Samples.ALICE_PHONE, Samples.GROUP, Samples.NONCE, LIMITED, AT);
    assertThat(created.match(new EntryLeaves(Samples.GROUP, 0, 0)))
        .containsExactly(golden("group-created-limited"));
  }

  @Test
  void theFirstEntryCoversThatDevicesForget() throws IOException {
    var created = new GroupEvent.GroupCreated(
        Samples.ALICE_PHONE, Samples.GROUP, Samples.NONCE, LIMITED.thatForgets(), AT);
    assertThat(created.match(new EntryLeaves(Samples.GROUP, 0, 0)))
        .containsExactly(golden("group-created-forgetting"));
  }

  @Test
  void aReaderWhoSeesOnlyTheHashOfSharedKeysComputesTheSameLeaf() throws IOException {
    var told = new ToldShare(Samples.GROUP, 7, Samples.ALICE_PHONE, 1, 2);
    Bytes hash = HistoryStatements.sealedHash(SHARE);
    var leaves = new EntryLeaves(Samples.GROUP, 7, 3);
    assertThat(leaves.historyShared(told, Samples.BOB_TABLET, hash, AT))
        .containsExactly(golden("history-shared"));
  }

  @Test
  void envelopesAreHashedOneByOneUnderTheEpochTheyWereEncryptedIn() throws IOException {
    var first = new Envelope(
        2,
        Samples.BOB_TABLET,
        repeated(0x66, 32),
        Envelope.MESSAGE_INDEX_MAX,
        new ClientId(Bytes.ofHex("010203")),
        repeated(0xaa, 100));
    var second = new Envelope(
        3,
        Samples.ALICE_PHONE,
        repeated(0x67, 32),
        0,
        new ClientId(Bytes.ofHex("04")),
        repeated(0xbb, 1));
    var event = new GroupEvent.EnvelopesAppended(List.of(first, second), AT);
    assertThat(event.match(new EntryLeaves(Samples.GROUP, 7, 3)))
        .containsExactly(golden("envelope-first"), golden("envelope-second"));
  }

  @Test
  void aReaderWhoSeesOnlyTheSealedKeysHashComputesTheSameLeaf() throws IOException {
    Bytes hash = EpochStatements.sealedKeysHash(Samples.SEALED_KEYS);
    assertThat(new EntryLeaves(Samples.GROUP, 7, 2).epochStarted(MANIFEST, hash, AT))
        .containsExactly(golden("epoch-started"));
  }

  @Test
  void theLeafIsTheSameWhereverTheSealedKeysStand() throws IOException {
    Bytes hash = EpochStatements.sealedKeysHash(Samples.SEALED_KEYS);
    var started = new GroupEvent.EpochStarted(MANIFEST, new SealedKeys.Staged(hash, 5), AT);
    assertThat(started.match(new EntryLeaves(Samples.GROUP, 7, 2)))
        .containsExactly(golden("epoch-started"));
  }

  @Test
  void keysThatAreStagedAreNoEntry() {
    var keys = Samples.SEALED_KEYS.stream().map(SealedKey::text).toList();
    var staged = new GroupEvent.SealedKeysStaged(MANIFEST.hash(), 0, keys, AT);
    assertThat(staged.match(new EntryLeaves(Samples.GROUP, 7, 2))).isEmpty();
    assertThat(staged.entries()).isZero();
  }

  private static SessionBinding binding() {
    return new SessionBinding(Samples.BOB_TABLET, 2, repeated(0x66, 32), Samples.SIGNATURE);
  }

  private static Bytes golden(String name) throws IOException {
    return Golden.read(EntryLeavesTest.class, name);
  }
}
