package io.karst.crypto.channel;

import io.karst.crypto.key.Curve25519PublicKey;
import java.nio.charset.StandardCharsets;

/**
 * The two ends of a channel, and which of them is which: that decides over names and directions.
 *
 * @param info what the channel is for
 * @param shown the key of the end that shows it
 * @param connecting the key of the end that reads it
 */
record Ends(String info, Curve25519PublicKey shown, Curve25519PublicKey connecting) {

  /** The name under which something is derived for these two. */
  byte[] name(String purpose) {
    return utf8(info + purpose + "|" + shown.toBase64() + "|" + connecting.toBase64());
  }

  /** The name under which something is derived for all channels of this kind. */
  byte[] kind(String purpose) {
    return utf8(info + purpose);
  }

  /** What the connecting end holds. */
  EstablishedChannel ofConnecting(AeadSequence requests, AeadSequence responses, CheckCode code) {
    return new EstablishedChannel(requests, responses, code, connecting, shown);
  }

  /** What the end holds that shows its key. */
  EstablishedChannel ofShown(AeadSequence requests, AeadSequence responses, CheckCode code) {
    return new EstablishedChannel(responses, requests, code, shown, connecting);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
