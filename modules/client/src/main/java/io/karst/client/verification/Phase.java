package io.karst.client.verification;

import io.karst.client.api.verification.CancelReason;
import io.karst.client.api.verification.ShortString;
import io.karst.client.api.verification.VerificationCode;
import io.karst.crypto.sas.EstablishedSas;
import io.karst.crypto.sas.Sas;
import io.karst.domain.bytes.Bytes;

/**
 * Where an exchange stands, with the secrets that it needs there.
 *
 * <p>The answering side commits to its key ({@link Committed}) before the asking side reveals its
 * own ({@link Revealed}), so neither can search for a key that makes the short strings fit.
 */
sealed interface Phase {

  /** This side has asked. */
  record Asked() implements Phase {}

  /** The other side has asked; this person has not answered. */
  record Offered() implements Phase {}

  /** This side has answered, and committed to its key. */
  record Committed(Sas own) implements Phase {}

  /** This side has revealed its key, and waits for the one that was committed to. */
  record Revealed(Sas own, Bytes commitment) implements Phase {}

  /**
   * Both keys are known.
   *
   * @param confirmed whether this person has
   * @param vouched whether the other side's word was heard, and is right
   */
  record Compared(EstablishedSas sas, ShortString shown, boolean confirmed, boolean vouched)
      implements Phase {

    Compared withConfirmed() {
      return new Compared(sas, shown, true, vouched);
    }

    Compared withVouched() {
      return new Compared(sas, shown, confirmed, true);
    }
  }

  /** A code is shown. */
  record Showing(VerificationCode code) implements Phase {}

  /** The other side has read it. */
  record Read() implements Phase {}

  /** It succeeded. */
  record Done() implements Phase {}

  /** It failed. */
  record Failed(CancelReason reason, boolean byPeer) implements Phase {}
}
