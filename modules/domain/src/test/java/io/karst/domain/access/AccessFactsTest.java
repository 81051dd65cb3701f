package io.karst.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.access.AccessFacts.EpochStanding;
import io.karst.domain.access.AccessFacts.History;
import io.karst.domain.access.AccessFacts.Place;
import io.karst.domain.access.AccessFacts.Reader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessFactsTest {

  /** What only a device can find out, since it alone opens and reads. */
  private static final Set<UnreadableReason> DEVICES_ALONE = EnumSet.of(
      UnreadableReason.KEY_NOT_OPENED,
      UnreadableReason.SESSION_UNKNOWN,
      UnreadableReason.SENDER_FORGED,
      UnreadableReason.INDEX_REPLAYED,
      UnreadableReason.INDEX_TOO_OLD,
      UnreadableReason.MALFORMED,
      UnreadableReason.FORGED,
      UnreadableReason.CONTENT_INVALID);

  /** A reader in the roster, whose key has come home. */
  private static final AccessFacts HOME = new AccessFacts(
      Place.ENVELOPE,
      new Reader(true, true, true, false),
      History.NONE,
      EpochStanding.SOUND,
      KeyState.ACKNOWLEDGED,
      false);

  @ParameterizedTest
  @CsvSource({
    "UNWRITTEN, NOT_WRITTEN",
    "CONTROL, NOT_AN_ENVELOPE",
    "ERASED, ERASED",
    "ENVELOPE, KEY_ACKNOWLEDGED"
  })
  void whatStandsAtThePlaceComesFirst(Place place, UnreadableReason expected) {
    for (AccessFacts facts : all()) {
      boolean envelope = place == Place.ENVELOPE;
      AccessFacts there = at(place, envelope ? HOME : facts);
      assertThat(there.explain()).as("%s", there).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_SEALED, KEY_NOT_SEALED",
    "SEALED, KEY_NOT_DELIVERED",
    "DELIVERED, KEY_NOT_ACKNOWLEDGED",
    "CROWDED_OUT, KEY_CROWDED_OUT",
    "ACKNOWLEDGED, KEY_ACKNOWLEDGED"
  })
  void whoIsInTheRosterWaitsForTheKey(KeyState key, UnreadableReason expected) {
    assertThat(facts(HOME.reader(), History.NONE, EpochStanding.SOUND, key).explain())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // member in roster, member now, revoked, history, expected
    "false, true, false, NONE, NOT_A_MEMBER",
    "false, false, false, NONE, NOT_A_MEMBER",
    "false, true, true, NONE, NOT_A_MEMBER",
    "false, true, false, FROM_LATER, BEFORE_HISTORY_GRANT",
    "false, true, false, SHARED, KEY_NOT_DELIVERED",
    "false, false, false, SHARED, MEMBERSHIP_ENDED",
    "false, false, true, FROM_LATER, MEMBERSHIP_ENDED",
    "false, true, true, FROM_LATER, DEVICE_REVOKED",
    "true, true, false, NONE, DEVICE_NOT_IN_ROSTER",
    "true, true, false, FROM_LATER, BEFORE_HISTORY_GRANT",
    "true, true, false, SHARED, KEY_NOT_DELIVERED",
    "true, false, false, NONE, MEMBERSHIP_ENDED",
    "true, true, true, NONE, DEVICE_REVOKED",
    "true, true, true, SHARED, DEVICE_REVOKED"
  })
  void aDeviceOutsideTheRosterReadsWhatWasSharedWithIt(
      boolean inRoster,
      boolean memberNow,
      boolean revoked,
      History history,
      UnreadableReason expected) {
    var reader = new Reader(inRoster, false, memberNow, revoked);
    assertThat(facts(reader, history, EpochStanding.SOUND, KeyState.SEALED).explain())
        .isEqualTo(expected);
  }

  @Test
  void whoIsOutReadsNothingAnyMoreWhateverWasDelivered() {
    for (AccessFacts facts : all()) {
      Reader reader = facts.reader();
      boolean inside = facts.place() == Place.ENVELOPE && reader.deviceInRoster();
      if (inside && !reader.memberNow()) {
        assertThat(facts.explain()).isEqualTo(UnreadableReason.MEMBERSHIP_ENDED);
      } else if (inside && reader.revoked()) {
        assertThat(facts.explain()).isEqualTo(UnreadableReason.DEVICE_REVOKED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ORPHANED, EPOCH_ORPHANED", "REFUSED, EPOCH_REFUSED"})
  void aLostEpochOutweighsWhereItsKeyIs(EpochStanding epoch, UnreadableReason expected) {
    for (KeyState key : KeyState.values()) {
      assertThat(facts(HOME.reader(), History.NONE, epoch, key).explain()).isEqualTo(expected);
    }
    var outside = new Reader(true, false, true, false);
    assertThat(facts(outside, History.NONE, epoch, KeyState.NOT_SEALED).explain())
        .isEqualTo(UnreadableReason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void aFallbackKeyIsSuspectedOnlyOfAKeyThatHasArrived() {
    for (AccessFacts facts : all()) {
      boolean suspected = facts.explain() == UnreadableReason.ONE_TIME_KEYS_EXHAUSTED;
      assertThat(suspected && (!facts.sealedToFallback() || facts.key() != KeyState.ACKNOWLEDGED))
          .as("%s", facts)
          .isFalse();
    }
  }

  @Test
  void everyReasonButThoseOfDevicesAloneIsGiven() {
    var given = EnumSet.noneOf(UnreadableReason.class);
    all().forEach(facts -> given.add(facts.explain()));
    assertThat(given).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(DEVICES_ALONE)));
  }

  @Test
  void aDeviceIsInNoRosterWithoutItsMember() {
    assertThatThrownBy(() -> new Reader(false, true, true, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersAreGivenOutOnceFromOneOn() {
    assertThat(UnreadableReason.values())
        .extracting(UnreadableReason::number)
        .isEqualTo(sequence(UnreadableReason.values().length));
    assertThat(KeyState.values())
        .extracting(KeyState::number)
        .isEqualTo(sequence(KeyState.values().length));
  }

  private static List<Integer> sequence(int length) {
    return IntStream.rangeClosed(1, length).boxed().toList();
  }

  private static AccessFacts facts(
      Reader reader, History history, EpochStanding epoch, KeyState key) {
    return new AccessFacts(Place.ENVELOPE, reader, history, epoch, key, false);
  }

  private static AccessFacts at(Place place, AccessFacts facts) {
    return new AccessFacts(
        place,
        facts.reader(),
        facts.history(),
        facts.epoch(),
        facts.key(),
        facts.sealedToFallback());
  }

  /** Every combination of facts. */
  private static List<AccessFacts> all() {
    var all = new ArrayList<AccessFacts>();
    for (Place place : Place.values()) {
      for (Reader reader : readers()) {
        for (History history : History.values()) {
          for (EpochStanding epoch : EpochStanding.values()) {
            for (KeyState key : KeyState.values()) {
              all.add(new AccessFacts(place, reader, history, epoch, key, false));
              all.add(new AccessFacts(place, reader, history, epoch, key, true));
            }
          }
        }
      }
    }
    return all;
  }

  private static List<Reader> readers() {
    var readers = new ArrayList<Reader>();
    for (int bits = 0; bits < 16; bits++) {
      boolean device = (bits & 2) != 0;
      boolean member = (bits & 1) != 0;
      if (member || !device) {
        readers.add(new Reader(member, device, (bits & 4) != 0, (bits & 8) != 0));
      }
    }
    return readers;
  }
}
