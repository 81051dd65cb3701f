package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.Manifest;
import io.karst.wire.v1.SealedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that lies about who is in an epoch, or about the epoch itself, is caught. */
class HostileRosterIT {

  private final List<Person> people = new ArrayList<>();
  private final Road bobsRoad = Road.to(SERVER);
  private final Road cemsRoad = Road.to(SERVER);
  private final Person ann = join(Person.register("ann"));
  private final Person bob = join(Person.register("bob", bobsRoad));
  private final News bobsNews = News.of(bob.device());

  @AfterEach
  void closeAll() {
    people.forEach(Person::close);
    bobsRoad.close();
    cemsRoad.close();
  }

  @Test
  void aDeviceAddedToARosterIsRefused() {
    bobRefuses(Flaw.SIGNATURE, record -> {
      Manifest.Builder manifest = record.getManifest().toBuilder();
      var ghost = manifest.getRoster(1).toBuilder();
      ghost.getDeviceBuilder().setDeviceId("tablet");
      return record.toBuilder().setManifest(manifest.addRoster(ghost)).build();
    });
  }

  @Test
  void aDeviceDroppedFromARosterIsRefused() {
    bobRefuses(
        Flaw.SIGNATURE,
        record -> record.toBuilder()
            .setManifest(record.getManifest().toBuilder().removeRoster(0))
            .build());
  }

  @Test
  void aDeviceWhoseKeysAreSwappedInARosterIsRefused() {
    bobRefuses(Flaw.SIGNATURE, record -> {
      Manifest.Builder manifest = record.getManifest().toBuilder();
      ByteString eves = manifest.getRoster(1).getDevice().getEd25519Key();
      manifest.getRosterBuilder(0).getDeviceBuilder().setEd25519Key(eves);
      return record.toBuilder().setManifest(manifest).build();
    });
  }

  @Test
  void anotherKeyCommitmentIsRefused() {
    bobRefuses(
        Flaw.SIGNATURE,
        record -> record.toBuilder()
            .setManifest(record.getManifest().toBuilder()
                .setKeyCommitment(record.getManifest().getPreviousHash()))
            .build());
  }

  @Test
  void anOldEpochInThePlaceOfANewOneIsRefused() {
    List<EpochRecord> old = new ArrayList<>();
    GroupChannel annes = ann.create(bob);
    GroupChannel bobs = bob.group(annes.id());
    Lies.aboutEpochs(bobsRoad, truth -> {
      old.add(truth);
      return truth;
    });
    get(bobs.members());
    Lies.aboutEpochs(bobsRoad, Lies.of(2, truth -> old.get(0)));
    get(annes.rotate());
    var refused = bobsNews.warning(SecurityProblem.EpochRefused.class);
    assertThat(refused.epoch()).isEqualTo(2);
    assertThat(refused.flaw()).isEqualTo(Flaw.OTHER_GROUP);
    assertThat(bobs.epoch()).isEqualTo(1);
  }

  @Test
  void twoEpochsOfOneNumberAreNoticedByWhoIsShownBoth() {
    Person cem = join(Person.register("cem", cemsRoad));
    GroupChannel annes = ann.create(bob, cem);
    cem.group(annes.id());
    cem.shut();
    EpochRecord bobs = epochThatLostARace(annes, cem, bob.group(annes.id())::rotate);
    Lies.aboutEpochsOutsideTheLog(cemsRoad, Lies.of(2, truth -> bobs));
    cem.open();
    GroupChannel cems = cem.group(annes.id());
    assertThat(cems.manifest().orElseThrow().manifest().committer().member()).isEqualTo(bob.id());
    try (Ear cemHears = Ear.of(cems)) {
      SecurityProblem problem =
          cemHears.await(ChannelEvent.SecurityWarning.class).problem();
      assertThat(problem)
          .isEqualTo(new SecurityProblem.EpochRefused(
              annes.id(), 2, ann.device().address(), Flaw.TWO_STATEMENTS));
    }
  }

  @Test
  void whoIsShownAnotherRosterNoticesWithTheNextEpoch() {
    Person cem = join(Person.register("cem", cemsRoad));
    Person dan = join(Person.register("dan"));
    GroupChannel annes = get(ann.device()
        .createGroup(
            "friends", Map.of(bob.id(), Role.ADMIN, cem.id(), Role.MEMBER), Policy.DEFAULT));
    cem.group(annes.id());
    cem.shut();
    GroupChannel bobs = bob.group(annes.id());
    EpochRecord withDan = epochThatLostARace(annes, cem, () -> bobs.add(dan.id()));
    Lies.aboutEpochs(cemsRoad, Lies.of(2, truth -> withDan));
    cem.open();
    News cemsNews = News.of(cem.device());
    GroupChannel cems = cem.group(annes.id());
    assertThat(members(cems)).contains(dan.id().value());
    get(annes.rotate());
    var refused = cemsNews.warning(SecurityProblem.EpochRefused.class);
    assertThat(refused.epoch()).isEqualTo(3);
    assertThat(refused.flaw()).isEqualTo(Flaw.CHAIN);
    assertThat(cems.epoch()).as("nothing was installed on top").isEqualTo(2);
  }

  @Test
  void aSealedKeyOfAnotherEpochIsRefusedInTheLogAndSomebodyRotates() {
    Road evesRoad = cemsRoad;
    Person eve = join(Person.register("eve", evesRoad));
    GroupChannel eves = eve.create(bob);
    GroupChannel bobs = bob.group(eves.id());
    List<SealedKey> kept = new ArrayList<>();
    evesRoad.asking(GroupServiceGrpc.getCommitMethod(), truth -> {
      kept.add(bobsKey(truth));
      return kept.size() == 1
          ? withBobsKey(truth, unopenable(truth))
          : withBobsKey(truth, kept.get(0));
    });
    get(eves.rotate());
    get(eves.rotate());
    evesRoad.beHonest();
    var refused = bobsNews.warning(SecurityProblem.EpochRefused.class);
    assertThat(refused.epoch()).isEqualTo(3);
    assertThat(refused.flaw()).isEqualTo(Flaw.MANIFEST_HASH);
    try (Ear eveHears = Ear.of(eves)) {
      ChannelEvent.EpochRefused told = eveHears.await(ChannelEvent.EpochRefused.class);
      assertThat(told.by()).isEqualTo(bob.device().address());
      assertThat(told.epoch()).isEqualTo(3);
      assertThat(eveHears.await(ChannelEvent.RotationDue.class).reason())
          .isEqualTo(RotationReason.MANUAL);
      get(eves.rotate());
      try (Ear bobHears = Ear.of(bobs)) {
        get(eves.send("hello"));
        assertThat(bobHears.text()).isEqualTo("hello");
      }
    }
  }

  @Test
  void whoNeverGotAKeyResetsAndWhatWasSaidBeforeIsOrphaned() {
    Road evesRoad = cemsRoad;
    Person eve = join(Person.register("eve", evesRoad));
    GroupChannel eves = eve.create(bob);
    GroupChannel bobs = bob.group(eves.id());
    evesRoad.asking(
        GroupServiceGrpc.getCommitMethod(), truth -> withBobsKey(truth, unopenable(truth)));
    // Nor does she answer when Bob asks for what he is missing.
    evesRoad.hold(GroupServiceGrpc.getShareHistoryMethod());
    get(eves.rotate());
    evesRoad.beHonest();
    get(eves.send("lost"));
    get(bob.device().synchronize());
    assertThat(get(bobs.reset())).isEqualTo(3);
    try (Ear bobHears = Ear.of(bobs);
        Ear eveHears = Ear.of(eves)) {
      eveHears.await(ChannelEvent.EpochStarted.class, started -> started.epoch() == 3);
      get(eves.send("hello"));
      assertThat(bobHears.text()).isEqualTo("hello");
      assertThat(bobHears.all())
          .filteredOn(ChannelEvent.Unreadable.class::isInstance)
          .extracting(event -> ((ChannelEvent.Unreadable) event).why())
          .containsExactly(UnreadableReason.EPOCH_ORPHANED);
      assertThat(bobHears.all())
          .filteredOn(ChannelEvent.EpochsOrphaned.class::isInstance)
          .extracting(event -> ((ChannelEvent.EpochsOrphaned) event).epochs())
          .containsExactly(new EpochRange(2, 2));
    }
    assertThat(get(bobs.reset())).as("nothing is lost any more").isEqualTo(3);
  }

  private SealedKey bobsKey(CommitRequest commit) {
    return commit.getSealedKeys(bobsPlace(commit));
  }

  /** Somebody else's message in the place of Bob's. */
  private SealedKey unopenable(CommitRequest commit) {
    return bobsKey(commit).toBuilder()
        .setOlmMessage(commit.getSealedKeys(1 - bobsPlace(commit)).getOlmMessage())
        .build();
  }

  private CommitRequest withBobsKey(CommitRequest commit, SealedKey key) {
    return CommitRequest.newBuilder(commit)
        .setSealedKeys(bobsPlace(commit), key)
        .build();
  }

  private int bobsPlace(CommitRequest commit) {
    return commit.getSealedKeys(0).getMemberId().equals(bob.id().value()) ? 0 : 1;
  }

  @Test
  void aMemberWhomNoRosterHoldsIsNoticed() {
    GroupChannel bobs = bob.create(ann);
    bobsRoad.telling(GroupServiceGrpc.getGetGroupMethod(), truth -> {
      var told = truth.toBuilder();
      told.addMembers(truth.getMembers(0).toBuilder().setMemberId("zoe"));
      return told.build();
    });
    assertForgedMembers(bobs, "zoe");
  }

  @Test
  void aMemberWhomTheServerHidesIsNoticed() {
    GroupChannel bobs = bob.create(ann);
    bobsRoad.telling(
        GroupServiceGrpc.getGetGroupMethod(),
        truth -> truth.toBuilder().removeMembers(0).build());
    assertForgedMembers(bobs, ann.id().value());
    assertThatThrownBy(() -> get(bobs.rotate()))
        .as("no roster is made that leaves a member out")
        .isInstanceOf(SecurityViolation.class);
  }

  private static void assertForgedMembers(GroupChannel channel, String member) {
    assertThatThrownBy(() -> get(channel.members()))
        .isInstanceOfSatisfying(
            SecurityViolation.class,
            violation -> assertThat(violation.problem())
                .isInstanceOfSatisfying(
                    SecurityProblem.MembersForged.class,
                    problem -> assertThat(problem.member().value()).isEqualTo(member)));
  }

  /** Bob is lied to about epoch 2, refuses it, and catches up once he is told the truth. */
  private void bobRefuses(Flaw flaw, UnaryOperator<EpochRecord> lie) {
    GroupChannel annes = ann.create(bob);
    GroupChannel bobs = bob.group(annes.id());
    Lies.aboutEpochs(bobsRoad, Lies.of(2, lie));
    get(annes.rotate());
    var refused = bobsNews.warning(SecurityProblem.EpochRefused.class);
    assertThat(refused.epoch()).isEqualTo(2);
    assertThat(refused.flaw()).isEqualTo(flaw);
    assertThat(bobs.epoch()).as("nothing was installed").isEqualTo(1);
    bobsRoad.beHonest();
    try (Ear bobHears = Ear.of(bobs)) {
      get(annes.send("hello"));
      assertThat(bobHears.text()).isEqualTo("hello");
    }
    assertThat(bobs.epoch()).isEqualTo(2);
  }

  /**
   * What the server would tell {@code to} of Bob's commit, which Ann's was faster than: the server
   * holds both, signed.
   */
  private EpochRecord epochThatLostARace(
      GroupChannel annes, Person to, Supplier<CompletableFuture<Long>> bobCommits) {
    List<CommitRequest> lost = new ArrayList<>();
    bobsRoad.asking(GroupServiceGrpc.getCommitMethod(), truth -> {
      lost.add(truth);
      return truth;
    });
    bobsRoad.hold(GroupServiceGrpc.getCommitMethod());
    CompletableFuture<Long> bobCommitted = bobCommits.get();
    bobsRoad.awaitHeld(GroupServiceGrpc.getCommitMethod());
    get(annes.rotate());
    bobsRoad.release(GroupServiceGrpc.getCommitMethod());
    get(bobCommitted);
    SealedKey sealed = lost.get(0).getSealedKeysList().stream()
        .filter(key -> key.getMemberId().equals(to.id().value()))
        .findFirst()
        .orElseThrow();
    return EpochRecord.newBuilder()
        .setManifest(lost.get(0).getManifest())
        .setSealedKey(sealed)
        .build();
  }

  private static List<String> members(GroupChannel channel) {
    return channel.manifest().orElseThrow().manifest().roster().stream()
        .map(RosterEntry::member)
        .map(Object::toString)
        .toList();
  }

  private Person join(Person person) {
    people.add(person);
    return person;
  }
}
