package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.audit.KeyHolders.Holder;
import io.karst.audit.KeyHolders.Way;
import io.karst.journal.history.TestDevice;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who could read what a member's own devices said. */
class OwnerHoldersTest {

  private final OwnerHistory history = new OwnerHistory();
  private final TestDevice laptop = history.laptop;
  private final TestDevice phone = history.phone;
  private final TestDevice tablet = history.tablet;

  OwnerHoldersTest() {
    history.notes(history.next(laptop, laptop, phone));
    history.sends(history.message(laptop, "a", phone));
    history.notes(history.next(phone, laptop, phone, tablet));
    history.sends(history.message(tablet, "b", laptop, phone));
    history.notes(history.next(laptop, laptop, tablet));
  }

  @Test
  void aMessageIsOfItsSenderAndOfThoseToWhomItIsSealed() {
    KeyHolders first = replayed(KeyHolders.ofOffset(1));
    assertThat(first.deviceListVersion()).contains(1L);
    assertThat(first.epoch()).isEmpty();
    assertThat(first.holders())
        .containsExactly(holder(laptop, laptop, 1), holder(phone, laptop, 1));
    KeyHolders second = replayed(KeyHolders.ofOffset(3));
    assertThat(second.deviceListVersion()).contains(2L);
    assertThat(second.holders())
        .containsExactly(
            holder(tablet, tablet, 3), holder(laptop, tablet, 3), holder(phone, tablet, 3));
  }

  @Test
  void elsewhereAreTheDevicesOfTheNewestList() {
    KeyHolders noted = replayed(KeyHolders.ofOffset(2));
    assertThat(noted.holders())
        .containsExactly(
            holder(laptop, phone, 2), holder(phone, phone, 2), holder(tablet, phone, 2));
    KeyHolders atLast = replayed(KeyHolders.ofTime(Instant.MAX));
    assertThat(atLast.deviceListVersion()).contains(3L);
    assertThat(atLast.holders())
        .containsExactly(holder(laptop, laptop, 4), holder(tablet, laptop, 4));
  }

  @Test
  void aPlaceBeyondTheLogHasNoDevices() {
    for (KeyHolders nobody : new KeyHolders[] {
      replayed(KeyHolders.ofOffset(5)), replayed(KeyHolders.ofTime(OwnerHistory.AT.minusMillis(1)))
    }) {
      assertThat(nobody.deviceListVersion()).isEmpty();
      assertThat(nobody.holders()).isEmpty();
    }
  }

  private static Holder holder(TestDevice device, TestDevice by, long offset) {
    return new Holder(device.address(), Way.ROSTER, by.address(), offset, OwnerHistory.AT);
  }

  private KeyHolders replayed(KeyHolders holders) {
    AuditReport report =
        new AuditReplay(history.id, holders).run(history.stored().iterator());
    assertThat(report.findings()).isEmpty();
    return holders;
  }
}
