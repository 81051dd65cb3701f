package io.karst.crypto.channel;

import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;

/**
 * The end of an HPKE channel that was spoken to and has not answered yet.
 *
 * <p>Single use: {@link #respond} consumes it. Not thread-safe.
 */
public final class HpkeResponder implements Secret {

  private final HpkeContext context;

  /** Takes the context over. */
  HpkeResponder(HpkeContext context) {
    this.context = context;
  }

  /**
   * Answers, with which the channel is complete on this end.
   *
   * @param associated what the peer must have, too, and is not sent; may be empty
   */
  public Outgoing<EstablishedChannel, HpkeInitialResponse> respond(
      byte[] plaintext, byte[] associated, RandomBytes random) {
    byte[] nonce = random.next(HpkeContext.RESPONSE_NONCE_LENGTH);
    AeadSequence responses = context.responses(nonce);
    ChannelMessage ciphertext = responses.seal(associated, plaintext);
    return new Outgoing<>(
        context.recipientChannel(responses), new HpkeInitialResponse(nonce, ciphertext));
  }

  @Override
  public void destroy() {
    context.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return context.isDestroyed();
  }

  @Override
  public String toString() {
    return isDestroyed() ? "HpkeResponder(destroyed)" : "HpkeResponder(secret)";
  }
}
