package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySupplyTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0, 100",
    "49, 0, 51",
    "50, 0, 0",
    "51, 0, 0",
    "100, 0, 0",
    "10, 39, 51",
    "10, 40, 0"
  })
  void drawsUpToTheFullSupplyOnceItIsBelowTheMinimum(int onServer, int unpublished, int expected) {
    assertThat(KeySupply.toDraw(onServer, unpublished)).isEqualTo(expected);
  }

  @Test
  void aFallbackKeyIsSpentWhenItIsOldOrStoodIn() {
    Instant young = NOW.minus(KeySupply.FALLBACK_AGE_MAX).plus(Duration.ofMillis(1));
    assertThat(KeySupply.isFallbackSpent(100, young, NOW)).isFalse();
    assertThat(KeySupply.isFallbackSpent(100, NOW.minus(KeySupply.FALLBACK_AGE_MAX), NOW))
        .isTrue();
    assertThat(KeySupply.isFallbackSpent(0, young, NOW)).isTrue();
  }
}
