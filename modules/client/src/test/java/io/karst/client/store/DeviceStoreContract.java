package io.karst.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.verification.Trust.VerifiedDevice;
import io.karst.client.api.verification.Trust.Way;
import io.karst.client.recovery.Climb;
import io.karst.client.recovery.Rung;
import io.karst.client.store.gap.Gap;
import io.karst.client.store.gap.GapTable;
import io.karst.client.store.gap.IndexRange;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import io.karst.proof.statement.EpochStatements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device may rely on, whatever keeps its state. */
public abstract class DeviceStoreContract {

  private static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");
  private static final GroupId OTHER = new GroupId("fedcba9876543210fedcba9876543210");
  private static final DeviceAddress ANN = DeviceAddress.of("ann", "phone");
  private static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");

  private DeviceStore store = unopened();

  /** A store on the same place each time; the one before it was closed. */
  protected abstract DeviceStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void whatATransactionWroteIsThereAfterReopening() {
    AccountRow row = new AccountRow(ANN, false, bytes(1, 100), Instant.ofEpochMilli(5));
    write(tables -> tables.account().save(row));
    reopen();
    assertFound(tables -> tables.account().find()).contains(row);
    write(tables -> tables.account().save(row.withRegistered().withAccount(bytes(2, 10))));
    reopen();
    assertFound(tables -> tables.account().find())
        .contains(new AccountRow(ANN, true, bytes(2, 10), Instant.ofEpochMilli(5)));
  }

  @Test
  void aTransactionThatThrowsLeavesNothing() {
    assertThatThrownBy(() -> write(tables -> {
          tables.olm().add(bytes(1, 32), bytes(2, 10));
          tables.groups().save(group(GROUP));
          throw new IllegalStateException("on purpose");
        }))
        .hasMessage("on purpose");
    assertListed(tables -> tables.olm().with(bytes(1, 32))).isEmpty();
    assertListed(tables -> tables.groups().all()).isEmpty();
  }

  @Test
  void transactionsDoNotNest() {
    assertThatThrownBy(() -> write(tables -> write(inner -> {})))
        .isInstanceOf(IllegalStateException.class);
    write(tables -> tables.groups().save(group(GROUP)));
  }

  @Test
  void theLastDeadlineOfADueRotationStaysUntilItIsForgotten() {
    Instant deadline = Instant.ofEpochMilli(5_000);
    assertFound(tables -> tables.groups().rotationDue(GROUP)).isEmpty();
    write(tables -> tables.groups().addRotationDue(GROUP, deadline));
    write(tables -> tables.groups().addRotationDue(GROUP, deadline.minusMillis(1)));
    reopen();
    assertFound(tables -> tables.groups().rotationDue(GROUP)).contains(deadline);
    write(tables -> tables.groups().addRotationDue(GROUP, deadline.plusMillis(1)));
    assertFound(tables -> tables.groups().rotationDue(GROUP)).contains(deadline.plusMillis(1));
    write(tables -> tables.groups().forgetRotationDue(GROUP));
    assertFound(tables -> tables.groups().rotationDue(GROUP)).isEmpty();
  }

  @Test
  void theSessionThatWasPreferredLastComesFirst() {
    Bytes peer = bytes(1, 32);
    write(tables -> {
      tables.olm().add(peer, bytes(1, 8));
      tables.olm().add(peer, bytes(2, 8));
      tables.olm().add(bytes(9, 32), bytes(9, 8));
    });
    List<OlmRow> rows = read(tables -> tables.olm().with(peer));
    assertThat(rows).extracting(OlmRow::session).containsExactly(bytes(2, 8), bytes(1, 8));
    OlmRow older = rows.get(1);
    write(tables -> tables.olm().update(new OlmRow(older.id(), peer, bytes(3, 8))));
    assertListed(tables -> tables.olm().with(peer))
        .extracting(OlmRow::session)
        .containsExactly(bytes(2, 8), bytes(3, 8));
    write(tables -> tables.olm().prefer(new OlmRow(older.id(), peer, bytes(4, 8))));
    assertListed(tables -> tables.olm().with(peer))
        .extracting(OlmRow::session)
        .containsExactly(bytes(4, 8), bytes(2, 8));
  }

  @Test
  void theLeastPreferredSessionsBeyondTheBoundAreForgotten() {
    Bytes peer = bytes(1, 32);
    for (int i = 0; i < OlmTable.SESSIONS_MAX + 1; i++) {
      Bytes session = bytes(i, 8);
      write(tables -> tables.olm().add(peer, session));
    }
    assertListed(tables -> tables.olm().with(peer))
        .hasSize(OlmTable.SESSIONS_MAX)
        .extracting(OlmRow::session)
        .doesNotContain(bytes(0, 8));
  }

  @Test
  void pinnedListsAscendAndAreBounded() {
    MemberId ann = ANN.member();
    for (long version = 1; version <= PinTable.VERSIONS_MAX + 1; version++) {
      DeviceList list = list(version);
      write(tables -> tables.pins().pin(list));
    }
    List<DeviceList> pinned = read(tables -> tables.pins().of(ann));
    assertThat(pinned).first().isEqualTo(list(2));
    assertThat(pinned).last().isEqualTo(list(PinTable.VERSIONS_MAX + 1));
    assertThat(pinned).hasSize(PinTable.VERSIONS_MAX);
    assertListed(tables -> tables.pins().of(new MemberId("bob"))).isEmpty();
  }

  @Test
  void aGroupKeepsItsPlaceWithAndWithoutATree() {
    Frontier tree = Frontier.EMPTY.append(List.of(bytes(1, 32), bytes(2, 32), bytes(3, 32)));
    Position read = new Position(Optional.of(new Head(2, bytes(4, 32))), 3, Optional.of(tree));
    write(tables -> tables.groups().save(group(GROUP).withPosition(read)));
    write(tables -> tables.groups().save(group(OTHER).withStanding(GroupRow.Standing.OUT)));
    reopen();
    assertThat(read(tables -> tables.groups().find(GROUP)).orElseThrow().position())
        .isEqualTo(read);
    assertListed(tables -> tables.groups().all())
        .extracting(GroupRow::id)
        .containsExactly(GROUP, OTHER);
    assertFound(tables -> tables.groups().find(OTHER))
        .contains(new GroupRow(OTHER, "friends", GroupRow.Standing.OUT, 3, Position.UNKNOWN));
  }

  @Test
  void aHeadIsKeptAsItWasSeenFirst() {
    Head head = new Head(7, bytes(1, 32));
    write(tables -> tables.groups().addHeads(GROUP, List.of(head)));
    write(tables -> tables.groups().addHeads(GROUP, List.of(new Head(7, bytes(2, 32)))));
    assertFound(tables -> tables.groups().head(GROUP, 7)).contains(head);
    assertFound(tables -> tables.groups().head(OTHER, 7)).isEmpty();
  }

  @Test
  void theOldestHeadsBeyondTheBoundAreForgotten() {
    List<Head> heads = LongStream.rangeClosed(1, GroupTable.HEADS_MAX + 1)
        .mapToObj(size -> new Head(size, bytes((int) size, 32)))
        .toList();
    write(tables -> tables.groups().addHeads(GROUP, heads));
    assertFound(tables -> tables.groups().head(GROUP, 1)).isEmpty();
    assertFound(tables -> tables.groups().head(GROUP, 2)).isPresent();
    assertFound(tables -> tables.groups().newestHead(GROUP)).contains(heads.get(heads.size() - 1));
  }

  @Test
  void epochsAndTheirRatchetsComeAndGoTogether() {
    write(tables -> {
      for (long number = 1; number <= 3; number++) {
        tables.epochs().add(epoch(number), Map.of(ANN, bytes(1, 10), BOB, bytes((int) number, 10)));
      }
      tables.sessions().saveInbound(inbound(1, 1));
      tables.sessions().saveInbound(inbound(3, 1));
    });
    assertFound(tables -> tables.epochs().newest(GROUP)).contains(epoch(3));
    assertFound(tables -> tables.epochs().find(GROUP, 2)).contains(epoch(2));
    write(tables -> tables.epochs().forgetRatchet(GROUP, 2, BOB));
    assertFound(tables -> tables.epochs().ratchet(GROUP, 2, BOB)).isEmpty();
    assertFound(tables -> tables.epochs().ratchet(GROUP, 2, ANN)).contains(bytes(1, 10));
    write(tables -> tables.epochs().forgetBefore(GROUP, 3));
    assertFound(tables -> tables.epochs().find(GROUP, 2)).isEmpty();
    assertFound(tables -> tables.epochs().ratchet(GROUP, 2, ANN)).isEmpty();
    assertFound(tables -> tables.sessions().inbound(GROUP, 1, BOB)).isEmpty();
    assertFound(tables -> tables.sessions().inbound(GROUP, 3, BOB)).isPresent();
    assertFound(tables -> tables.epochs().find(GROUP, 3)).contains(epoch(3));
  }

  @Test
  void theOldestEpochsBeyondTheBoundAreForgotten() {
    write(tables -> {
      for (long number = 1; number <= EpochTable.EPOCHS_MAX + 1; number++) {
        tables.epochs().add(epoch(number), Map.of());
      }
    });
    assertFound(tables -> tables.epochs().find(GROUP, 1)).isEmpty();
    assertFound(tables -> tables.epochs().find(GROUP, 2)).isPresent();
  }

  @Test
  void anInboundSessionIsReplacedWhole() {
    write(tables -> tables.sessions().saveInbound(inbound(1, 1)));
    write(tables -> tables.sessions().saveInbound(inbound(1, 2)));
    assertFound(tables -> tables.sessions().inbound(GROUP, 1, BOB)).contains(inbound(1, 2));
  }

  @Test
  void onlyTheNewestOwnSessionIsKept() {
    OutboundRow first = outbound(1);
    write(tables -> tables.sessions().saveOutbound(first));
    write(tables -> tables.sessions().saveOutbound(first.withAnnounced()));
    assertFound(tables -> tables.sessions().outbound(GROUP, 1)).contains(first.withAnnounced());
    write(tables -> tables.sessions().saveOutbound(outbound(2)));
    assertFound(tables -> tables.sessions().outbound(GROUP, 1)).isEmpty();
    assertFound(tables -> tables.sessions().outbound(GROUP, 2)).contains(outbound(2));
  }

  @Test
  void theOutboxKeepsTheOrderOfSendingAlsoWhenEnvelopesAreReplaced() {
    write(tables -> {
      for (int i = 0; i < 5; i++) {
        tables.outbox().add(GROUP, envelope(i, 1), bytes(i, 4));
      }
      tables.outbox().add(OTHER, envelope(9, 1), bytes(9, 4));
    });
    OutboxRow second = read(tables -> tables.outbox().first(GROUP, 2)).get(1);
    write(tables -> tables
        .outbox()
        .replace(GROUP, new OutboxRow(second.position(), envelope(1, 2), bytes(7, 4))));
    reopen();
    assertListed(tables -> tables.outbox().first(GROUP, 3))
        .extracting(OutboxRow::envelope)
        .containsExactly(envelope(0, 1), envelope(1, 2), envelope(2, 1));
    write(tables -> tables.outbox().remove(GROUP, second.position()));
    assertThat(waiting(GROUP)).isEqualTo(4);
    write(tables -> tables.outbox().clear(GROUP));
    assertThat(waiting(GROUP)).isZero();
    assertThat(waiting(OTHER)).isEqualTo(1);
  }

  @Test
  void aClimbGoesOnWhereItWas() {
    Climb climb = new Climb(
        GROUP, new EpochRange(3, 5), true, Rung.PROOF, 1, 2, 3, true, List.of(BOB, ANN), at(7));
    Climb other = Climb.wanted(GROUP, new EpochRange(1, 2), false, at(9));
    write(tables -> tables.climbs().replace(GROUP, List.of(climb, other)));
    reopen();
    assertListed(tables -> tables.climbs().of(GROUP)).containsExactly(climb, other);
    assertListed(tables -> tables.climbs().groups()).containsExactly(GROUP);
    write(tables -> tables.climbs().replace(GROUP, List.of(other)));
    assertListed(tables -> tables.climbs().of(GROUP)).containsExactly(other);
    assertListed(tables -> tables.climbs().of(OTHER)).isEmpty();
  }

  @Test
  void whatWasSpentLongAgoIsForgotten() {
    write(tables -> tables.climbs().spend("session", at(10), at(0)));
    write(tables -> tables.climbs().spend("session", at(20), at(0)));
    assertThat(spent("session", 10)).isEqualTo(2);
    assertThat(spent("session", 11)).isEqualTo(1);
    assertThat(spent("epoch", 0)).isZero();
    write(tables -> tables.climbs().spend("epoch", at(30), at(15)));
    assertThat(spent("session", 0)).isEqualTo(1);
  }

  @Test
  void epochsThatWereGivenUpAreRememberedAsFarAsTheyAreBounded() {
    for (long epoch = 1; epoch <= EpochTable.ORPHANED_MAX + 1; epoch++) {
      EpochRange range = new EpochRange(2 * epoch, 2 * epoch);
      write(tables -> tables.epochs().orphan(GROUP, range));
    }
    assertThat(isOrphaned(GROUP, 2)).isFalse();
    assertThat(isOrphaned(GROUP, 4)).isTrue();
    assertThat(isOrphaned(GROUP, 5)).isFalse();
    assertThat(isOrphaned(OTHER, 4)).isFalse();
  }

  @Test
  void aLostEpochCanBeHeldAfterAll() {
    EpochRow lost = new EpochRow(epoch(1).manifest(), EpochRow.Access.KEY_NOT_OPENED);
    write(tables -> tables.epochs().add(lost, Map.of()));
    write(tables -> tables.epochs().hold(lost, Map.of(BOB, bytes(4, 9))));
    assertFound(tables -> tables.epochs().find(GROUP, 1))
        .hasValueSatisfying(row -> assertThat(row.access()).isEqualTo(EpochRow.Access.HELD));
    assertFound(tables -> tables.epochs().ratchet(GROUP, 1, BOB)).contains(bytes(4, 9));
  }

  @Test
  void whoWasVerifiedIsRemembered() {
    VerifiedDevice bobs = verified(BOB, Way.SHORT_STRING);
    VerifiedDevice annes = verified(ANN, Way.CODE);
    write(tables -> {
      tables.trust().save(bobs);
      tables.trust().save(verified(ANN, Way.SHORT_STRING));
      tables.trust().save(annes);
    });
    store.close();
    store = open();
    assertListed(tables -> tables.trust().members()).containsExactly(ANN.member(), BOB.member());
    assertListed(tables -> tables.trust().of(ANN.member())).containsExactly(annes);
  }

  private static VerifiedDevice verified(DeviceAddress device, Way way) {
    Bytes bytes = Bytes.copyOf(new byte[32]);
    return new VerifiedDevice(device, bytes, bytes, 3, way, Instant.ofEpochMilli(1_000));
  }

  @Test
  void whatWasHeardOfAGivenSessionGoesWithItsEpoch() {
    Bytes session = bytes(1, 32);
    write(tables -> tables.shared().saveHeard(GROUP, 1, session, bytes(2, 16)));
    write(tables -> tables.shared().saveHeard(GROUP, 1, session, bytes(3, 16)));
    assertFound(tables -> tables.shared().heard(GROUP, 1, session)).contains(bytes(3, 16));
    write(tables -> tables.epochs().forgetBefore(GROUP, 2));
    assertFound(tables -> tables.shared().heard(GROUP, 1, session)).isEmpty();
  }

  private int spent(String what, long since) {
    return read(tables -> tables.climbs().spentSince(what, at(since)));
  }

  private boolean isOrphaned(GroupId group, long epoch) {
    return read(tables -> tables.epochs().isOrphaned(group, epoch));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void gapsAreClosedInTheOrderInWhichTheyWereOpened() {
    Gap late = new Gap(GROUP, 3, BOB, bytes(1, 32), new IndexRange(5, 9));
    Gap early = new Gap(GROUP, 2, ANN, bytes(2, 32), new IndexRange(0, 0xFFFF_FFFFL));
    write(tables -> {
      tables.gaps().add(late);
      tables.gaps().add(early);
    });
    reopen();
    assertFound(tables -> tables.gaps().first(GROUP)).contains(late);
    assertFound(tables -> tables.gaps().firstEpoch(GROUP)).contains(2L);
    assertFound(tables -> tables.gaps().first(OTHER)).isEmpty();
    write(tables -> tables.gaps().remove(late));
    assertFound(tables -> tables.gaps().first(GROUP)).contains(early);
    assertThat(gaps()).isEqualTo(1);
    write(tables -> tables.gaps().remove(early.at(new IndexRange(0, 1))));
    assertThat(gaps()).isEqualTo(1);
  }

  @Test
  void theOldestHiddenLeavesBeyondTheBoundGiveWay() {
    Map<Long, Bytes> leaves = new TreeMap<>();
    for (long offset = 1; offset <= GapTable.HIDDEN_MAX + 1; offset++) {
      leaves.put(offset, bytes((int) offset, 32));
    }
    write(tables -> tables.gaps().hide(GROUP, leaves));
    assertFound(tables -> tables.gaps().hidden(GROUP, 1)).isEmpty();
    assertFound(tables -> tables.gaps().firstHidden(GROUP)).contains(2L);
    assertFound(tables -> tables.gaps().hidden(GROUP, 2)).contains(bytes(2, 32));
    write(tables -> tables.gaps().reveal(GROUP, 2));
    assertFound(tables -> tables.gaps().firstHidden(GROUP)).contains(3L);
    assertFound(tables -> tables.gaps().firstHidden(OTHER)).isEmpty();
  }

  private int gaps() {
    return read(tables -> tables.gaps().count(GROUP));
  }

  private void reopen() {
    store.close();
    store = open();
  }

  private void write(Consumer<Tables> work) {
    store.transaction(tables -> {
      work.accept(tables);
      return true;
    });
  }

  private <T> T read(Function<Tables, T> work) {
    return store.transaction(work);
  }

  private <T> OptionalAssert<T> assertFound(Function<Tables, Optional<T>> work) {
    return assertThat(store.<Optional<T>>transaction(work));
  }

  private <T> ListAssert<T> assertListed(Function<Tables, List<T>> work) {
    return assertThat(store.<List<T>>transaction(work));
  }

  private int waiting(GroupId group) {
    return store.<Integer>transaction(tables -> tables.outbox().waiting(group));
  }

  private static GroupRow group(GroupId id) {
    return new GroupRow(id, "friends", GroupRow.Standing.ACTIVE, 3, Position.UNKNOWN);
  }

  private static EpochRow epoch(long number) {
    Manifest manifest = new Manifest(
        GROUP,
        number,
        1,
        number == 1 ? Bytes.EMPTY : bytes(1, 32),
        RotationReason.MANUAL,
        ANN,
        bytes(2, 32),
        List.of(new RosterEntry(ANN.member(), 1, identity())));
    SignedManifest signed = EpochStatements.signed(manifest, bytes(3, 64));
    return new EpochRow(signed, EpochRow.Access.HELD);
  }

  private static DeviceList list(long version) {
    return new DeviceList(
        ANN.member(),
        version,
        version == 1 ? Bytes.EMPTY : bytes(1, 32),
        List.of(identity()),
        ANN.device(),
        bytes((int) version, 64));
  }

  private static DeviceIdentity identity() {
    return new DeviceIdentity(ANN.device(), bytes(5, 32), bytes(6, 32));
  }

  private static InboundRow inbound(long epoch, int state) {
    return new InboundRow(GROUP, epoch, BOB, bytes(1, 32), bytes(state, 50), bytes(state, 16));
  }

  private static OutboundRow outbound(long epoch) {
    var binding = new SessionBinding(ANN, epoch, bytes((int) epoch, 32), bytes(2, 64));
    return new OutboundRow(GROUP, binding, false, bytes((int) epoch, 40));
  }

  private static Envelope envelope(int client, long epoch) {
    return new Envelope(
        epoch, ANN, bytes(1, 32), client, new ClientId(bytes(client, 16)), bytes(client, 100));
  }

  private static Bytes bytes(int value, int length) {
    byte[] content = new byte[length];
    java.util.Arrays.fill(content, (byte) value);
    return Bytes.copyOf(content);
  }

  private static DeviceStore unopened() {
    return new DeviceStore() {
      @Override
      public <T> T transaction(Function<Tables, T> work) {
        throw new IllegalStateException("not open");
      }

      @Override
      public void close() {}
    };
  }
}
