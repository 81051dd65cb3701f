package io.karst.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is refused is refused with its code. */
public final class Refusals {

  private Refusals() {}

  public static void requireCode(ErrorCode code, ThrowingCallable refused) {
    assertThatThrownBy(refused)
        .isInstanceOfSatisfying(CryptoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
