package io.karst.edge.audit;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.refusal.Reason;
import io.karst.edge.message.Fields;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.GroupLog;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.JournalRecord;
import io.karst.wire.v1.ReplayRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  @Test
  void aReplayHasTheWholeJournalAsItIsStored() {
    TestDevice ada = SERVER.device("ada");
    TestGroup group = TestGroup.created(ada, SERVER.device("bo"));
    var session = new TestSession(ada, group.id(), 1);
    for (int i = 0; i < 40; i++) {
      ada.groups().append(session.frame(64));
    }
    List<JournalRecord> records = replay(group);
    assertThat(records).extracting(JournalRecord::getSequenceNumber).isSorted().startsWith(1L);
    var codec = new GroupRecordCodec(group.id());
    GroupLog log = GroupLog.empty(group.id());
    for (JournalRecord record : records) {
      log = log.evolve(codec.decode(record.getRecord().toByteArray()));
    }
    var request = GetGroupRequest.newBuilder().setGroupId(group.id().value()).build();
    var head = ada.groups().getGroup(request).getHead();
    assertThat(log.head().size()).isEqualTo(head.getSize());
    assertThat(Fields.bytes(log.head().root())).isEqualTo(head.getRoot());
  }

  private static List<JournalRecord> replay(TestGroup group) {
    var records = new ArrayList<JournalRecord>();
    SERVER
        .auditor()
        .audit()
        .replay(ReplayRequest.newBuilder().setGroupId(group.id().value()).build())
        .forEachRemaining(page -> records.addAll(page.getRecordsList()));
    return records;
  }

  @Test
  void aGroupThatNobodyCreatedIsNotFound() {
    TestGroup none = TestGroup.planned(SERVER.device("ada"));
    var request = ReplayRequest.newBuilder().setGroupId(none.id().value()).build();
    var audit = SERVER.auditor().audit();
    assertRefused(Reason.GROUP_NOT_FOUND, () -> audit.replay(request).next());
    assertRefused(
        Reason.ID_EMPTY,
        "group_id",
        () -> audit.replay(ReplayRequest.getDefaultInstance()).next());
  }
}
