package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.device.DeviceList;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerMessage;
import io.karst.journal.history.TestDevice;
import io.karst.proof.statement.DeviceStatements;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log of a member's own devices, honest and forged. */
class OwnerAuditTest {

  private final OwnerHistory history = new OwnerHistory();
  private final TestDevice laptop = history.laptop;
  private final TestDevice phone = history.phone;
  private final TestDevice tablet = history.tablet;

  OwnerAuditTest() {
    history.notes(history.next(laptop, laptop, phone));
    history.sends(history.message(laptop, "a", phone));
    history.notes(history.next(phone, laptop, phone, tablet));
    history.sends(history.message(tablet, "a", laptop, phone));
    history.notes(history.next(laptop, laptop, tablet));
    history.sends(history.message(laptop, "b", tablet));
  }

  @Test
  void anHonestLogHasNoFindings() {
    var rows = new CollectedRows();
    AuditReport report = new AuditReplay(history.id, rows).run(history.stored().iterator());
    assertThat(report.findings()).isEmpty();
    assertThat(report.head().size()).isEqualTo(6);
    assertThat(rows.rows)
        .extracting(Row::what)
        .containsExactly(
            "devices of ada, version 1: laptop, phone",
            "message to 1 other devices of version 1, 15 bytes sealed",
            "devices of ada, version 2: laptop, phone, tablet",
            "message to 2 other devices of version 2, 31 bytes sealed",
            "devices of ada, version 3: laptop, tablet",
            "message to 1 other devices of version 3, 16 bytes sealed");
  }

  @Test
  void aChainThatBeginsAnewIsNoForgery() {
    var spare = new TestDevice("ada", "spare");
    history.notes(history.anew(spare));
    assertThat(history.audit(history.stored()).findings()).isEmpty();
  }

  @Test
  void aDeviceThatNoOldOneHasSignedForIsFound() {
    var ghost = new TestDevice("ada", "ghost");
    DeviceList forged = history.next(ghost, laptop, tablet, ghost);
    assertFound(noted(forged), FindingCode.DEVICE_LIST_FORGED);
  }

  @Test
  void aMessageThatItsSenderDidNotSignIsFound() {
    OwnerMessage forged = history.message(laptop, tablet, "c", tablet);
    assertFound(sent(forged), FindingCode.OWNER_MESSAGE_FORGED);
  }

  @Test
  void aMessageThatIsSealedToARevokedDeviceTooIsFound() {
    assertFound(
        sent(history.message(laptop, "c", phone, tablet)), FindingCode.SEALED_KEYS_MISMATCH);
  }

  @Test
  void aMessageThatLeavesADeviceOutIsFound() {
    assertFound(sent(history.message(laptop, "c")), FindingCode.SEALED_KEYS_MISMATCH);
  }

  @Test
  void aMessageOfARevokedDeviceIsFound() {
    assertFound(
        sent(history.message(phone, "c", laptop, tablet)), FindingCode.SENDER_NOT_IN_ROSTER);
  }

  @Test
  void aMessageThatWasTakenBeforeIsFound() {
    assertFound(sent(history.message(laptop, "b", tablet)), FindingCode.CLIENT_ID_REPEATED);
  }

  @Test
  void theEventsOfAGroupAreFound() {
    assertFound(
        history.forged(new GroupEvent.MemberLeft(laptop.address(), OwnerHistory.AT)),
        FindingCode.EVENT_IMPOSSIBLE);
  }

  @Test
  void anotherMembersLogUnderThisIdIsFound() {
    var other = DeviceStatements.ownerLogId(new MemberId("bo"));
    assertThat(other).isNotEqualTo(history.id);
    AuditReport report =
        new AuditReplay(other, new CollectedRows()).run(history.stored().iterator());
    assertThat(report.findings()).extracting(Finding::code).contains(FindingCode.GROUP_ID_FORGED);
  }

  private List<byte[]> noted(DeviceList list) {
    return history.forged(new GroupEvent.OwnerDevicesNoted(list, OwnerHistory.AT));
  }

  private List<byte[]> sent(OwnerMessage message) {
    return history.forged(new GroupEvent.OwnerMessageSent(message, OwnerHistory.AT));
  }

  private void assertFound(List<byte[]> stored, FindingCode code) {
    assertThat(history.audit(stored).findings()).extracting(Finding::code).containsExactly(code);
  }
}
