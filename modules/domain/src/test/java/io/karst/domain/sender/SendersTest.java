package io.karst.domain.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.walk.Fake;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendersTest {

  private static final DeviceAddress ALICE = DeviceAddress.of("alice", "phone");
  private static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");

  @ParameterizedTest(name = "after {0} envelopes the first is remembered: {1}")
  @CsvSource({"1, true", "255, true", "256, true", "257, false", "600, false"})
  void remembersTheLast256EnvelopesOfADevice(int count, boolean remembered) {
    Senders oneByOne = Senders.EMPTY;
    var together = Senders.EMPTY.draft();
    together.of(ALICE).open(Fake.binding(ALICE, 1));
    for (int i = 0; i < count; i++) {
      var draft = oneByOne.draft();
      if (i == 0) {
        draft.of(ALICE).open(Fake.binding(ALICE, 1));
      }
      draft.of(ALICE).take(1, envelope(i));
      together.of(ALICE).take(1, envelope(i));
      oneByOne = draft.finish(i + 1);
    }

    assertThat(together.of(ALICE).taken(Fake.clientId(0)).isPresent()).isEqualTo(remembered);
    assertThat(oneByOne.draft().of(ALICE).taken(Fake.clientId(0)).isPresent())
        .isEqualTo(remembered);
    assertThat(oneByOne.draft().of(ALICE).taken(Fake.clientId(count - 1))).isPresent();
    assertThat(oneByOne.of(ALICE).orElseThrow().recent().asList()).hasSize(Math.min(count, 256));
    assertThat(together.finish(count)).isEqualTo(oneByOne);
  }

  @Test
  void forgetsAcrossTheStateAndTheDraftAlike() {
    Senders senders = sending(Senders.EMPTY, ALICE, 0, 250);
    var draft = senders.draft();
    for (int i = 250; i < 260; i++) {
      draft.of(ALICE).take(1, envelope(i));
    }

    assertThat(draft.of(ALICE).taken(Fake.clientId(3))).isEmpty();
    assertThat(draft.of(ALICE).taken(Fake.clientId(4))).isPresent();
    assertThat(draft.finish(260).of(ALICE).orElseThrow().recent().asList())
        .first()
        .isEqualTo(envelope(4));
  }

  @Test
  void remembersNoMoreThanTheBoundOfAllDevices() {
    Senders senders = Senders.EMPTY;
    int offset = 0;
    for (int device = 0; device < 128; device++) {
      senders = sending(senders, device(device), offset, 256);
      offset += 256;
    }
    assertThat(total(senders)).isEqualTo(Senders.RECENT_MAX);

    senders = sending(senders, BOB, offset, 1);
    assertThat(total(senders)).isEqualTo(Senders.RECENT_MAX / 2);
    assertThat(senders.of(device(0)).orElseThrow().recent().asList()).isEmpty();
    assertThat(senders.of(device(0)).orElseThrow().sessions()).hasSize(1);
    assertThat(senders.of(device(127)).orElseThrow().recent().asList()).hasSize(256);
    assertThat(senders.of(BOB).orElseThrow().recent().asList()).hasSize(1);
    assertThat(Senders.of(senders.toMap())).isEqualTo(senders);
  }

  @Test
  void refusesAMapThatRemembersTooMuch() {
    List<TakenEnvelope> recent =
        IntStream.range(0, 256).mapToObj(SendersTest::envelope).toList();
    var tooMany = new HashMap<DeviceAddress, Sender>();
    IntStream.range(0, 128)
        .forEach(i -> tooMany.put(device(i), new Sender(List.of(), RecentEnvelopes.of(recent))));
    assertThat(Senders.of(tooMany).toMap()).hasSize(128);
    tooMany.put(BOB, new Sender(List.of(), RecentEnvelopes.of(List.of(envelope(0)))));

    assertThatIllegalArgumentException().isThrownBy(() -> Senders.of(tooMany));
  }

  @Test
  void remembersAtMost256EnvelopesInAList() {
    List<TakenEnvelope> tooMany =
        IntStream.range(0, 257).mapToObj(SendersTest::envelope).toList();

    assertThat(RecentEnvelopes.of(tooMany.subList(0, 256)).size()).isEqualTo(256);
    assertThatIllegalArgumentException().isThrownBy(() -> RecentEnvelopes.of(tooMany));
  }

  @Test
  void keepsTheSessionsOfTwoEpochs() {
    Senders senders = Senders.EMPTY;
    for (long epoch = 1; epoch <= 3; epoch++) {
      senders = senders.startEpoch(epoch, device -> true);
      var draft = senders.draft();
      draft.of(ALICE).open(Fake.binding(ALICE, epoch));
      senders = draft.finish(epoch);
    }

    assertThat(senders.openSessions(1)).isEmpty();
    assertThat(senders.openSessions(2)).containsExactly(Fake.binding(ALICE, 2));
    assertThat(senders.openSessions(3)).containsExactly(Fake.binding(ALICE, 3));
  }

  @Test
  void forgetsDevicesThatLeft() {
    Senders senders = sending(sending(Senders.EMPTY, ALICE, 0, 2), BOB, 2, 2);

    assertThat(senders.startEpoch(2, Set.of(BOB)::contains).toMap()).containsOnlyKeys(BOB);
  }

  @Test
  void keepsWhatADeviceSentForAsLongAsItStays() {
    Senders senders = sending(Senders.EMPTY, ALICE, 0, 2);
    for (long epoch = 2; epoch < 9; epoch++) {
      senders = senders.startEpoch(epoch, device -> true);
    }

    assertThat(senders.of(ALICE).orElseThrow().sessions()).isEmpty();
    assertThat(senders.of(ALICE).orElseThrow().recent().asList()).hasSize(2);
  }

  @Test
  void namesOpenSessionsInOrder() {
    Senders senders = sending(sending(Senders.EMPTY, BOB, 0, 1), ALICE, 1, 1);

    assertThat(senders.openSessions(1))
        .containsExactly(Fake.binding(ALICE, 1), Fake.binding(BOB, 1));
  }

  @Test
  void aDraftChangesNothingUntilItIsFinished() {
    Senders senders = sending(Senders.EMPTY, ALICE, 0, 1);
    Map<DeviceAddress, Sender> before = Map.copyOf(senders.toMap());
    senders.draft().of(ALICE).take(1, envelope(1));
    senders.draft().of(BOB).open(Fake.binding(BOB, 1));

    assertThat(senders.toMap()).isEqualTo(before);
  }

  @Test
  void aDeviceHasOneSessionAnEpochAndTwoInAll() {
    var draft = Senders.EMPTY.draft().of(ALICE);
    draft.open(Fake.binding(ALICE, 1));

    assertThatIllegalArgumentException().isThrownBy(() -> draft.open(Fake.binding(ALICE, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> draft.take(2, envelope(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Sender(List.of(session(1), session(2), session(3)), RecentEnvelopes.NONE));
    assertThat(new Sender(List.of(session(1), session(2)), RecentEnvelopes.NONE).session(2))
        .isPresent();
  }

  private static Session session(long epoch) {
    return Session.opened(Fake.binding(ALICE, epoch));
  }

  private static Senders sending(Senders senders, DeviceAddress device, int from, int count) {
    var draft = senders.draft();
    draft.of(device).open(Fake.binding(device, 1));
    for (int i = from; i < from + count; i++) {
      draft.of(device).take(1, envelope(i));
    }
    return draft.finish(from + count);
  }

  /** Offset, index and client id are the same number. */
  private static TakenEnvelope envelope(int number) {
    return new TakenEnvelope(
        Fake.clientId(number), Fake.sessionKey(ALICE, 1), number, number, Instant.EPOCH);
  }

  private static DeviceAddress device(int number) {
    return DeviceAddress.of("m" + number, "phone");
  }

  private static int total(Senders senders) {
    return senders.toMap().values().stream()
        .mapToInt(sender -> sender.recent().size())
        .sum();
  }
}
