package io.karst.acceptance.scenario;

import static io.karst.domain.access.UnreadableReason.ONE_TIME_KEYS_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each one-time key serves once, and there are only so many. */
class OneTimeKeysIT {

  @RegisterExtension
  private final Town town = new Town();

  @Test
  void whoHasNoOneTimeKeysLeftIsReachedByItsFallbackKeyAndRefills() {
    Person ann = town.person("ann");
    Person bob = town.person("bob");
    Person cem = town.person("cem");
    bob.goesOffline();
    try (Claimer claimer = town.claimer()) {
      assertThat(claimer.takesAllOneTimeKeysOf(bob.address())).isPositive();
      Group first = ann.foundsUnheard(bob);
      long offset = ann.says(first, "by the fallback key");
      town.keysAreOut(first);
      assertThat(ann.isToldHow(first, offset, bob).sealedToFallback()).isTrue();
      bob.reopens();
      bob.listensTo(first);
      bob.hears(first, "by the fallback key");
      claimer.awaitsOneTimeKeyOf(bob.address());
      // Also of a key that the device has replaced since.
      assertThat(ann.isToldWhy(first, offset, bob)).isEqualTo(ONE_TIME_KEYS_EXHAUSTED);
      Group second = cem.founds(bob);
      long after = cem.says(second, "by a new one-time key");
      assertThat(bob.hears(second, "by a new one-time key").offset()).isEqualTo(after);
      assertThat(cem.isToldHow(second, after, bob).sealedToFallback()).isFalse();
    }
  }
}
