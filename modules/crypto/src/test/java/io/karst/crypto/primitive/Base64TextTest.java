package io.karst.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.EncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

  @Test
  void paddingIsReadButNotWritten() throws Exception {
    assertThat(Base64Text.encode(new byte[] {1})).isEqualTo("AQ");
    assertThat(Base64Text.decode("AQ")).containsExactly(1);
    assertThat(Base64Text.decode("AQ==")).containsExactly(1);
    assertThat(Base64Text.decode("AQI=")).containsExactly(1, 2);
    assertThat(Base64Text.decode("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "AR", "AQ=", "AQ===", "AQI==", "AQID=", "A Q", "AQ\n", "-_", "AQÄ", "=", "=="
      })
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Base64Text.decode(text)).isInstanceOf(EncodingException.class);
  }
}
