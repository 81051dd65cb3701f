package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** The one place in which secrets are kept, compared and wiped. */
class SecretBytesTest {

  @Test
  void destroyingOverwritesTheArrayItself() {
    byte[] array = {1, 2, 3};
    SecretBytes secret = new SecretBytes(array);
    assertThat(secret.live()).isSameAs(array);
    assertThat(secret.isDestroyed()).isFalse();

    secret.destroy();

    assertThat(array).containsOnly(0);
    assertThat(secret.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(secret::live);
  }

  @Test
  void theContentIsCompared() {
    SecretBytes secret = new SecretBytes(new byte[] {1, 2, 3});

    assertThat(secret.sameAs(new SecretBytes(new byte[] {1, 2, 3}))).isTrue();
    assertThat(secret.sameAs(new SecretBytes(new byte[] {1, 2, 4}))).isFalse();
    assertThat(secret.sameAs(new SecretBytes(new byte[] {1, 2}))).isFalse();
  }

  @Test
  void onlyItsTypeIsPrinted() {
    SecretBytes secret = new SecretBytes(new byte[] {1});
    assertThat(secret.describe("Key")).isEqualTo("Key(secret)");
    secret.destroy();
    assertThat(secret.describe("Key")).isEqualTo("Key(destroyed)");
  }
}
