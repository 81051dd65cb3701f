package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.MemberId;
import io.karst.journal.history.TestDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterHistoryTest {

  private static final MemberId ADA = new MemberId("ada");

  private final RosterEntry laptop1 = entry(1, "laptop");
  private final RosterEntry laptop2 = entry(2, "laptop");
  private final RosterEntry phone1 = entry(1, "phone");
  private final RosterEntry phone2 = entry(2, "phone");

  @Test
  void theSameDevicesUnderTheSameVersionAreFine() {
    assertThat(contradictions(List.of(laptop1, phone1), List.of(laptop1, phone1)))
        .isEmpty();
    assertThat(contradictions(List.of(), List.of(laptop1))).isEmpty();
    assertThat(contradictions(List.of(laptop1), List.of())).isEmpty();
  }

  @Test
  void aHigherVersionMayHaveOtherDevices() {
    assertThat(contradictions(List.of(laptop1), List.of(laptop2, phone2))).isEmpty();
    assertThat(contradictions(List.of(laptop1, phone1), List.of(phone2))).isEmpty();
  }

  @Test
  void oneVersionCannotGainOrLoseADevice() {
    assertThat(contradictions(List.of(laptop1), List.of(laptop1, phone1))).containsExactly(ADA);
    assertThat(contradictions(List.of(laptop1, phone1), List.of(laptop1))).containsExactly(ADA);
  }

  @Test
  void aVersionCannotGoDown() {
    assertThat(contradictions(List.of(laptop2), List.of(laptop1))).containsExactly(ADA);
  }

  @Test
  void aMembersDevicesAreAllOfOneVersion() {
    assertThat(contradictions(List.of(laptop1), List.of(laptop1, phone2))).containsExactly(ADA);
  }

  private static List<MemberId> contradictions(List<RosterEntry> before, List<RosterEntry> after) {
    return RosterHistory.contradictions(before, after);
  }

  private static RosterEntry entry(long version, String device) {
    return new RosterEntry(ADA, version, new TestDevice("ada", device).identity());
  }
}
