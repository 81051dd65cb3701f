package io.karst.ratchetbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KarstTest {

  private static final int COUNT = 3;

  @ParameterizedTest
  @EnumSource
  void everyOperationIsPerformedAgainAndAgain(Operation operation) throws Exception {
    try (Contestant karst = Karst.start(operation, COUNT)) {
      long before = karst.cpuNanos();
      assertThat(karst.run()).isNotNegative();
      assertThat(karst.run()).isNotNegative();
      assertThat(karst.cpuNanos()).isGreaterThanOrEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MEGOLM_DECRYPT", "MEGOLM_DECRYPT_LONG", "OLM_DECRYPT"})
  void whatIsDecryptedIsAsLongAsItWas(Operation operation) throws Exception {
    try (Contestant karst = Karst.start(operation, COUNT)) {
      assertThat(karst.run()).isEqualTo((long) COUNT * operation.bytes());
    }
  }
}
