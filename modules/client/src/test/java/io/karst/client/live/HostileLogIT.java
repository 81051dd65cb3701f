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
import io.karst.wire.v1.ClaimKeysResponse;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SessionBinding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server that leaves out, repeats, reorders or changes entries of a log, or forges keys, is
 * caught. Ann listens, by a road on which the server may lie; she created the group, and so hashes
 * its log from the first entry on.
 */
class HostileLogIT {

  private final Road annsRoad = Road.to(SERVER);
  private final Person ann = Person.register("ann", annsRoad);
  private final Person bob = Person.register("bob");
  private final News annsNews = News.of(ann.device());
  private final GroupChannel annes = ann.create(bob);
  private final GroupChannel bobs = bob.group(annes.id());

  @BeforeEach
  void bobSpeaks() {
    get(bobs.send("one"));
    get(bobs.send("two"));
    get(bobs.send("three"));
  }

  @AfterEach
  void closeAll() {
    ann.close();
    bob.close();
    annsRoad.close();
  }

  @Test
  void anEntryThatIsLeftOutIsNoticedAndReadOnceTheServerShowsIt() {
    breaksTheLog(entries -> {
      entries.remove(entries.size() - 2);
      return entries;
    });
  }

  @Test
  void anEntryThatIsShownTwiceIsNoticed() {
    breaksTheLog(entries -> {
      entries.add(entries.get(entries.size() - 1));
      return entries;
    });
  }

  @Test
  void entriesOutOfOrderAreNoticed() {
    breaksTheLog(entries -> {
      Collections.swap(entries, entries.size() - 1, entries.size() - 2);
      return entries;
    });
  }

  @Test
  void anEntryThatIsLeftOutWithTheOthersMovedUpIsNoticed() {
    Lies.aboutEntries(annsRoad, truth -> {
      List<LogEntry> told = new ArrayList<>();
      for (LogEntry entry : truth.getEntriesList()) {
        if (!speaks(entry, 1)) {
          long offset = truth.getEntries(0).getOffset() + told.size();
          told.add(entry.toBuilder().setOffset(offset).build());
        }
      }
      told.add(told.get(told.size() - 1).toBuilder()
          .setOffset(truth.getEntries(truth.getEntriesCount() - 1).getOffset())
          .build());
      return Lies.with(truth, told);
    });
    try (Ear annHears = Ear.of(annes)) {
      assertForked(annHears);
    }
  }

  @Test
  void aCiphertextThatWasChangedIsNotReadAndNoticed() {
    Lies.aboutEachEntry(annsRoad, entry -> {
      LogEntry.Builder told = entry.toBuilder();
      if (speaks(entry, 1)) {
        byte[] changed = entry.getEnvelope().getCiphertext().toByteArray();
        changed[changed.length / 2] ^= 1;
        told.getEnvelopeBuilder().setCiphertext(ByteString.copyFrom(changed));
      }
      return told.build();
    });
    assertUnreadable(UnreadableReason.FORGED);
  }

  @Test
  void aMessageInAnotherMembersMouthIsNotReadAndNoticed() {
    get(annes.send("ann speaks too"));
    Lies.aboutEachEntry(annsRoad, entry -> {
      LogEntry.Builder told = entry.toBuilder();
      if (speaks(entry, 1)) {
        told.getEnvelopeBuilder().setMemberId(ann.id().value());
      }
      return told.build();
    });
    assertUnreadable(UnreadableReason.SENDER_FORGED);
  }

  @Test
  void aMessageThatIsRepeatedInThePlaceOfAnotherIsNotReadAndNoticed() {
    List<LogEntry> first = new ArrayList<>();
    Lies.aboutEachEntry(annsRoad, entry -> {
      if (speaks(entry, 0)) {
        first.add(entry);
      }
      return speaks(entry, 2)
          ? first.get(0).toBuilder().setOffset(entry.getOffset()).build()
          : entry;
    });
    assertUnreadable(UnreadableReason.INDEX_REPLAYED);
  }

  @Test
  void aSessionThatItsDeviceDidNotOpenIsRefused() {
    Lies.aboutEachEntry(annsRoad, entry -> {
      LogEntry.Builder told = entry.toBuilder();
      if (entry.hasSessionOpened()) {
        SessionBinding.Builder binding = told.getSessionOpenedBuilder().getBindingBuilder();
        binding.setSessionKey(
            entry.getSessionOpened().getBinding().getSignature().substring(0, 32));
      }
      return told.build();
    });
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annHears.await(ChannelEvent.SecurityWarning.class).problem())
          .isEqualTo(new SecurityProblem.SessionRefused(
              annes.id(), 1, bob.device().address(), Flaw.SIGNATURE));
      assertThat(annHears.await(ChannelEvent.Unreadable.class).why())
          .isEqualTo(UnreadableReason.SESSION_UNKNOWN);
    }
  }

  @Test
  void twoMembersWhoAreShownTwoLogsNoticeWhenTheyTalk() {
    var fork = new Fork(annes.id(), entry -> speaks(entry, 1));
    fork.tell(annsRoad);
    try (Ear annHears = Ear.of(annes);
        Ear bobHears = Ear.of(bobs)) {
      assertThat(annHears.texts(2)).as("nothing looks wrong").containsExactly("one", "three");
      bobHears.await(ChannelEvent.CaughtUp.class);
      get(bobs.send("four"));
      SecurityProblem problem =
          annHears.await(ChannelEvent.SecurityWarning.class).problem();
      assertThat(problem)
          .isInstanceOfSatisfying(
              SecurityProblem.LogForked.class,
              forked -> assertThat(forked.toldBy()).isEqualTo(bob.device().address()));
      assertThat(annHears.text()).isEqualTo("four");
    }
  }

  @Test
  void aDeviceThatNobodyOfTheMemberSignedIsRefused() {
    annsRoad.telling(DeviceServiceGrpc.getListDevicesMethod(), truth -> {
      var told = truth.toBuilder();
      told.getDeviceListsBuilderList().forEach(list -> {
        var ghost = list.getDevices(0).toBuilder().setDeviceId("tablet");
        list.setVersion(2).setPreviousHash(ByteString.copyFrom(new byte[32])).addDevices(ghost);
      });
      return told.build();
    });
    assertThatThrownBy(() -> get(annes.rotate()))
        .isInstanceOfSatisfying(
            SecurityViolation.class,
            violation -> assertThat(violation.problem())
                .isInstanceOf(SecurityProblem.DeviceListRefused.class));
    assertThat(annes.epoch()).isEqualTo(1);
  }

  @Test
  void aOneTimeKeyThatItsDeviceDidNotSignIsRefused() {
    try (Person cem = Person.register("cem")) {
      annsRoad.telling(DeviceServiceGrpc.getClaimKeysMethod(), truth -> {
        ClaimKeysResponse.Builder told = truth.toBuilder();
        told.getKeysBuilderList()
            .forEach(key -> key.getKeyBuilder()
                .setCurve25519Key(
                    ByteString.copyFrom(bob.device().identity().curve25519Key().toArray())));
        return told.build();
      });
      assertThatThrownBy(() -> get(annes.add(cem.id())))
          .isInstanceOfSatisfying(
              SecurityViolation.class,
              violation -> assertThat(violation.problem())
                  .isEqualTo(new SecurityProblem.OneTimeKeyForged(cem.device().address())));
    }
  }

  private void breaksTheLog(UnaryOperator<List<LogEntry>> lie) {
    Lies.aboutEntries(
        annsRoad, truth -> Lies.with(truth, lie.apply(new ArrayList<>(truth.getEntriesList()))));
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annsNews.warning(SecurityProblem.LogBroken.class).group()).isEqualTo(annes.id());
      annsRoad.beHonest();
      assertThat(annHears.texts(3)).containsExactly("one", "two", "three");
    }
  }

  private void assertUnreadable(UnreadableReason why) {
    try (Ear annHears = Ear.of(annes)) {
      assertThat(annHears.await(ChannelEvent.Unreadable.class).why()).isEqualTo(why);
      assertForked(annHears);
    }
  }

  /** By the head that the next message carries, or by the server's own. */
  private static void assertForked(Ear annHears) {
    assertThat(annHears.await(ChannelEvent.SecurityWarning.class).problem())
        .isInstanceOf(SecurityProblem.LogForked.class);
  }

  /** Whether an entry is Bob's message of this index. */
  private boolean speaks(LogEntry entry, long index) {
    return entry.hasEnvelope()
        && entry.getEnvelope().getMemberId().equals(bob.id().value())
        && entry.getEnvelope().getMessageIndex() == index;
  }
}
