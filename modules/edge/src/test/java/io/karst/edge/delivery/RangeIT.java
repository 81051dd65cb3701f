package io.karst.edge.delivery;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.refusal.Reason;
import io.karst.edge.message.Fields;
import io.karst.edge.scene.Refusals;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.wire.v1.Envelope;
import io.karst.wire.v1.FetchRangeRequest;
import io.karst.wire.v1.FetchRangeResponse;
import io.karst.wire.v1.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envelopes of a session by their indices: what is found, who may see it, and what is refused. */
class RangeIT {

  private static final int SAID = 150;

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private static TestDevice ada;
  private static TestDevice bo;
  private static TestDevice cem;
  private static TestDevice eve;
  private static TestGroup group;
  private static TestSession session;

  /** Ada speaks in epoch 1, where Bo is; Bo between; then Cem comes, and the epoch is over. */
  @BeforeAll
  static void speak() {
    ada = SERVER.device("ada");
    bo = SERVER.device("bo");
    cem = SERVER.device("cem");
    eve = SERVER.device("eve");
    group = TestGroup.created(ada, bo);
    session = new TestSession(ada, group.id(), 1);
    TestSession other = new TestSession(bo, group.id(), 1);
    bo.groups().append(other.frame(3));
    for (int said = 0; said < SAID; said += 50) {
      ada.groups().append(session.frame(50));
    }
    group.add(cem);
    group.commit(ada, group.rotation(ada));
    ada.groups().append(new TestSession(ada, group.id(), 3).frame(3));
  }

  @Test
  void aRangeIsAnsweredInTheOrderOfTheLogWithNothingElseInIt() {
    FetchRangeResponse answer = bo.delivery().fetchRange(range(17, 23));
    assertThat(indices(answer.getEntriesList())).containsExactly(17L, 18L, 19L, 20L, 21L, 22L, 23L);
    assertThat(answer.hasNextOffset()).as("no index comes twice").isFalse();
    assertThat(answer.getEntriesList())
        .isSortedAccordingTo((one, next) -> Long.compare(one.getOffset(), next.getOffset()))
        .allMatch(entry -> sessionOf(entry).equals(session.id()));
  }

  @Test
  void anAnswerHasAtMostSixtyFourEnvelopesAndSaysWhereTheSearchGoesOn() {
    List<LogEntry> all = new ArrayList<>();
    FetchRangeResponse answer = bo.delivery().fetchRange(range(0, 1_000));
    assertThat(answer.getEntriesCount()).isEqualTo(RangeSearch.ENTRIES_MAX);
    all.addAll(answer.getEntriesList());
    while (answer.hasNextOffset()) {
      long next = answer.getNextOffset();
      answer = bo.delivery()
          .fetchRange(range(0, 1_000).toBuilder().setFromOffset(next).build());
      all.addAll(answer.getEntriesList());
    }
    assertThat(indices(all))
        .containsExactlyElementsOf(LongStream.range(0, SAID).boxed().toList());
  }

  @Test
  void whatNeverReachedTheLogIsNotThereAndTheSearchEndsWithTheEpoch() {
    FetchRangeResponse answer = bo.delivery().fetchRange(range(SAID, 0xFFFF_FFFFL));
    assertThat(answer).isEqualTo(FetchRangeResponse.getDefaultInstance());
  }

  @Test
  void theSearchBeginsWhereItsCallerSays() {
    FetchRangeResponse whole = bo.delivery().fetchRange(range(0, 9));
    long third = whole.getEntries(3).getOffset();
    FetchRangeResponse later =
        bo.delivery().fetchRange(range(0, 9).toBuilder().setFromOffset(third).build());
    assertThat(indices(later.getEntriesList())).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void aLaterMemberIsShownNothingOfAnEpochThatItWasNotIn() {
    assertThat(cem.delivery().fetchRange(range(0, 9)))
        .isEqualTo(FetchRangeResponse.getDefaultInstance());
  }

  @Test
  void largeEnvelopesAreAnsweredInParts() {
    TestGroup large = TestGroup.created(ada);
    TestSession speech = new TestSession(ada, large.id(), 1);
    for (int i = 0; i < 8; i++) {
      ada.groups().append(speech.frame(speech.envelope(i, 60_000)));
    }
    FetchRangeRequest request = range(0, 7).toBuilder()
        .setGroupId(large.id().value())
        .setSessionId(Fields.bytes(speech.id()))
        .build();
    FetchRangeResponse first = ada.delivery().fetchRange(request);
    assertThat(indices(first.getEntriesList())).containsExactly(0L, 1L, 2L, 3L, 4L);
    FetchRangeResponse rest = ada.delivery()
        .fetchRange(request.toBuilder().setFromOffset(first.getNextOffset()).build());
    assertThat(indices(rest.getEntriesList())).containsExactly(5L, 6L, 7L);
  }

  @Test
  void anOutsiderIsToldTheSameOfAGroupThatExistsAndOneThatDoesNot() {
    String none = TestGroup.planned(ada).id().value();
    var existing = Refusals.status(() -> eve.delivery().fetchRange(range(0, 1)));
    var missing = Refusals.status(
        () -> eve.delivery().fetchRange(range(0, 1).toBuilder().setGroupId(none).build()));
    assertThat(existing.getMessage()).isEqualTo("GROUP_NOT_FOUND");
    assertThat(missing.toByteString()).isEqualTo(existing.toByteString());
  }

  @Test
  void anEpochMustBeNamedAndReached() {
    refuses(Reason.FIELD_MISSING, "epoch", request -> request.setEpoch(0));
    refuses(Reason.FIELD_INVALID, "epoch", request -> request.setEpoch(-1));
    refuses(Reason.EPOCH_UNKNOWN, "epoch", request -> request.setEpoch(4));
  }

  @Test
  void aSessionIsNamedByThirtyTwoBytes() {
    refuses(Reason.FIELD_MISSING, "session_id", FetchRangeRequest.Builder::clearSessionId);
    refuses(
        Reason.FIELD_INVALID,
        "session_id",
        request -> request.setSessionId(ByteString.copyFrom(new byte[31])));
  }

  @ParameterizedTest
  @CsvSource({
    "4294967296, 4294967296, from_index",
    "-1, 3, from_index",
    "0, 4294967296, to_index",
    "3, 2, to_index"
  })
  void indicesAreInBoundsAndInOrder(long from, long to, String field) {
    refuses(Reason.FIELD_INVALID, field, request -> request.setFromIndex(from).setToIndex(to));
  }

  @Test
  void theSearchBeginsInTheLog() {
    refuses(Reason.FIELD_INVALID, "from_offset", request -> request.setFromOffset(1_000_000));
    refuses(Reason.FIELD_INVALID, "from_offset", request -> request.setFromOffset(-1));
  }

  private static void refuses(
      Reason reason, String field, UnaryOperator<FetchRangeRequest.Builder> change) {
    FetchRangeRequest wrong = change.apply(range(0, 1).toBuilder()).build();
    assertRefused(reason, field, () -> bo.delivery().fetchRange(wrong));
  }

  private static FetchRangeRequest range(long from, long to) {
    return FetchRangeRequest.newBuilder()
        .setGroupId(group.id().value())
        .setEpoch(1)
        .setSessionId(Fields.bytes(session.id()))
        .setFromIndex(from)
        .setToIndex(to)
        .build();
  }

  private static List<Long> indices(List<LogEntry> entries) {
    return entries.stream()
        .map(LogEntry::getEnvelope)
        .map(Envelope::getMessageIndex)
        .toList();
  }

  private static Bytes sessionOf(LogEntry entry) {
    return Fields.bytes(entry.getEnvelope().getSessionId());
  }
}
