package io.karst.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.wire.v1.AcknowledgeInboxRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.Cursor;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.InboxItem;
import io.karst.wire.v1.LeaveRequest;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.LogEntry.EntryCase;
import io.karst.wire.v1.OpenSession;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What reaches a device, from where, and in which order. */
class DeliveryIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private final TestDevice ada = SERVER.device("ada");
  private final TestDevice bo = SERVER.device("bo");
  private final TestGroup group = TestGroup.created(ada, bo);
  private final TestSession session = new TestSession(ada, group.id(), 1);

  @Test
  void historyAndLiveEntriesComeInOrderWithAMarkerBetweenThem() {
    long last = append(3);
    try (var stream = bo.subscribe()) {
      stream.fromBeginning(group.id());
      assertThat(stream.next().getStarted().getNextOffset()).isZero();
      assertThat(offsets(stream.entriesUpTo(last))).startsWith(0L, 1L, 2L).isSorted();
      var caughtUp = stream.next(SubscribeResponse::hasCaughtUp).getCaughtUp();
      assertThat(caughtUp.getCursor().getHead().getSize()).isGreaterThan(last);
      long live = append(2);
      assertThat(offsets(stream.entriesUpTo(live))).contains(live - 1, live);
    }
  }

  @Test
  void everyCursorContinuesWhereItWasGivenOut() {
    append(5);
    long end = append(5);
    var cursors = new ArrayList<Cursor>();
    try (var stream = bo.subscribe()) {
      stream.fromBeginning(group.id());
      for (long size = 0; size <= end; ) {
        var entries = stream.next(SubscribeResponse::hasEntries).getEntries();
        cursors.add(entries.getCursor());
        size = entries.getCursor().getHead().getSize();
      }
    }
    long more = append(1);
    for (Cursor cursor : cursors) {
      try (var stream = bo.subscribe()) {
        stream.after(group.id(), cursor);
        long size = cursor.getHead().getSize();
        assertThat(stream.next().getStarted().getNextOffset()).isEqualTo(size);
        assertThat(offsets(stream.entriesUpTo(more)))
            .startsWith(LongStream.rangeClosed(size, more).boxed().toArray(Long[]::new));
      }
    }
  }

  @Test
  void aReaderThatBeginsInTheMiddleOfAnEpochIsGivenItsOpenSessions() {
    Cursor middle = cursorAfter(append(2));
    assertThat(sessionsOf(startAfter(middle))).containsExactly(session.binding().getSessionKey());
    group.commit(ada, group.rotation(ada));
    SubscriptionStarted old = startAfter(middle);
    assertThat(sessionsOf(old)).containsExactly(session.binding().getSessionKey());
    assertThat(old.getEpochs(0).getSealedKey().getMemberId())
        .isEqualTo(bo.address().member().value());
  }

  private Cursor cursorAfter(long offset) {
    try (var stream = bo.subscribe()) {
      stream.fromBeginning(group.id());
      Cursor cursor = Cursor.getDefaultInstance();
      while (cursor.getHead().getSize() <= offset) {
        cursor = stream.next(SubscribeResponse::hasEntries).getEntries().getCursor();
      }
      return cursor;
    }
  }

  private SubscriptionStarted startAfter(Cursor cursor) {
    try (var stream = bo.subscribe()) {
      stream.after(group.id(), cursor);
      return stream.next().getStarted();
    }
  }

  private static List<com.google.protobuf.ByteString> sessionsOf(SubscriptionStarted started) {
    return started.getEpochsList().stream()
        .map(EpochRecord::getOpenSessionsList)
        .flatMap(List::stream)
        .map(OpenSession::getBinding)
        .map(binding -> binding.getSessionKey())
        .toList();
  }

  @Test
  void aNewcomerSeesTheControlEntriesOfTheTimeBeforeAndOfEnvelopesTheirLeavesOnly() {
    append(2);
    TestDevice cy = SERVER.device("cy");
    group.add(cy);
    var newSession = new TestSession(ada, group.id(), 2);
    long last = lastOffset(ada.groups().append(newSession.frame(1)));
    try (var stream = cy.subscribe()) {
      stream.fromBeginning(group.id());
      List<LogEntry> entries = stream.entriesUpTo(last);
      assertThat(entries)
          .filteredOn(entry -> entry.getEntryCase() == EntryCase.HIDDEN)
          .hasSize(2)
          .allSatisfy(entry -> {
            assertThat(entry.getEpoch()).isEqualTo(1);
            assertThat(entry.getHidden().getLeafHash().size()).isEqualTo(32);
          });
      assertThat(entries)
          .filteredOn(LogEntry::hasEpochStarted)
          .extracting(entry -> entry.getEpochStarted().hasSealedKey())
          .containsExactly(false, true);
      assertThat(entries)
          .filteredOn(LogEntry::hasEnvelope)
          .extracting(LogEntry::getOffset)
          .contains(last);
    }
    try (var stream = cy.subscribe()) {
      stream.fromEpoch(group.id(), 2);
      SubscriptionStarted started = stream.next().getStarted();
      assertThat(started.getEpochsList()).isEmpty();
      LogEntry first = stream.next(SubscribeResponse::hasEntries).getEntries().getEntries(0);
      assertThat(first.getEpochStarted().getManifest().getEpoch()).isEqualTo(2);
    }
  }

  @Test
  void aRemovedMemberReadsUpToItsRemovalAndNoFurther() {
    try (var live = bo.subscribe();
        var behind = bo.subscribe()) {
      live.fromBeginning(group.id());
      live.next(SubscribeResponse::hasCaughtUp);
      behind.fromBeginning(group.id());
      behind.next();
      group.commit(ada, group.removal(bo));
      long after = lastOffset(ada.groups().append(new TestSession(ada, group.id(), 2).frame(1)));
      for (var stream : List.of(live, behind)) {
        LogEntry last = lastBeforeTheEnd(stream);
        assertThat(last.getMemberRemoved().getMemberId())
            .isEqualTo(bo.address().member().value());
        assertThat(last.getOffset()).isLessThan(after);
      }
    }
    try (var again = bo.subscribe()) {
      again.fromBeginning(group.id());
      assertThat(again.next().getEnded().getRefusal().getReason()).isEqualTo("GROUP_NOT_FOUND");
    }
  }

  @Test
  void somebodyWhoLeftReadsItsOwnLeavingLast() {
    try (var stream = bo.subscribe()) {
      stream.fromBeginning(group.id());
      stream.next(SubscribeResponse::hasCaughtUp);
      bo.groups().leave(LeaveRequest.newBuilder().setGroupId(group.id().value()).build());
      assertThat(lastBeforeTheEnd(stream).hasMemberLeft()).isTrue();
    }
  }

  @Test
  void somebodyWhoWasRemovedAndCameBackReadsOn() {
    group.commit(ada, group.removal(bo));
    group.add(bo);
    long last = lastOffset(ada.groups().append(new TestSession(ada, group.id(), 3).frame(1)));
    try (var stream = bo.subscribe()) {
      stream.fromBeginning(group.id());
      List<LogEntry> entries = stream.entriesUpTo(last);
      assertThat(entries).anyMatch(LogEntry::hasMemberRemoved);
      assertThat(entries)
          .filteredOn(LogEntry::hasEnvelope)
          .extracting(LogEntry::getOffset)
          .contains(last);
    }
  }

  private static LogEntry lastBeforeTheEnd(io.karst.edge.scene.TestStream stream) {
    var last = LogEntry.getDefaultInstance();
    SubscribeResponse next = stream.next();
    while (!next.hasEnded()) {
      if (next.hasEntries()) {
        last = next.getEntries().getEntries(next.getEntries().getEntriesCount() - 1);
      }
      next = stream.next();
    }
    assertThat(next.getEnded().getRefusal().getReason()).isEqualTo("GROUP_NOT_FOUND");
    return last;
  }

  @Test
  void inboxItemsComeUntilTheyAreAcknowledged() {
    try (var stream = bo.subscribe()) {
      stream.inbox();
      InboxItem first =
          stream.next(SubscribeResponse::hasInboxItems).getInboxItems().getItems(0);
      assertThat(first.getSequence()).isEqualTo(1);
      assertThat(first.getSealedKey().getGroupId()).isEqualTo(group.id().value());
      group.commit(ada, group.rotation(ada));
      InboxItem second =
          stream.next(SubscribeResponse::hasInboxItems).getInboxItems().getItems(0);
      assertThat(second.getSealedKey().getEpoch()).isEqualTo(2);
    }
    var fetch = FetchInboxRequest.newBuilder().setLimit(100).build();
    assertThat(bo.delivery().fetchInbox(fetch).getItemsCount()).isEqualTo(2);
    bo.delivery()
        .acknowledgeInbox(
            AcknowledgeInboxRequest.newBuilder().setUpToSequence(1).build());
    assertThat(bo.delivery().fetchInbox(fetch).getItemsList())
        .extracting(InboxItem::getSequence)
        .containsExactly(2L);
  }

  @Test
  void manyGroupsShareAStream() {
    var groups = new ArrayList<TestGroup>();
    try (var stream = bo.subscribe()) {
      for (int i = 0; i < 20; i++) {
        TestGroup other = TestGroup.created(ada, bo);
        groups.add(other);
        stream.fromBeginning(other.id());
      }
      for (int i = 0; i < 20; i++) {
        stream.next(SubscribeResponse::hasCaughtUp);
      }
      for (TestGroup other : groups) {
        ada.groups().append(new TestSession(ada, other.id(), 1).frame(1));
      }
      var heard = new ArrayList<String>();
      while (heard.size() < 20) {
        var entries = stream.next(SubscribeResponse::hasEntries).getEntries();
        if (entries.getEntriesList().stream().anyMatch(LogEntry::hasEnvelope)) {
          heard.add(entries.getGroupId());
        }
      }
      assertThat(heard).doesNotHaveDuplicates();
    }
  }

  private long append(int envelopes) {
    return lastOffset(ada.groups().append(session.frame(envelopes)));
  }

  private static long lastOffset(AppendResponse response) {
    return response.getOutcomes(response.getOutcomesCount() - 1).getReceipt().getOffset();
  }

  private static List<Long> offsets(List<LogEntry> entries) {
    return entries.stream().map(LogEntry::getOffset).toList();
  }
}
