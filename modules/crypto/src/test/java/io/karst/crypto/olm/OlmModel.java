package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.wire.NormalMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of an Olm session without any cryptography: which messages it must open, and which not.
 *
 * <p>It counts; whether a message can be opened depends on public things only.
 */
final class OlmModel {

  private static final int CHAINS_MAX = 5;
  private static final int SKIPPED_MAX = 40;
  private static final int GAP_MAX = 2000;

  /** One ratchet key of the peer. */
  private static final class Chain {
    private final Curve25519PublicKey ratchetKey;
    private final Deque<Long> skipped = new ArrayDeque<>();
    private long next;

    Chain(Curve25519PublicKey ratchetKey) {
      this.ratchetKey = ratchetKey;
    }

    boolean take(long index) {
      if (index < next) {
        return skipped.remove(index);
      }
      if (index - next > GAP_MAX) {
        return false;
      }
      for (; next < index; next++) {
        skipped.addLast(next);
      }
      next++;
      while (skipped.size() > SKIPPED_MAX) {
        skipped.removeFirst();
      }
      return true;
    }
  }

  /** A message, and the ratchet key of its receiver that it was agreed with. */
  static final class Sent {
    private final NormalMessage message;
    private final @Nullable Curve25519PublicKey agreedWith;
    private final byte[] plaintext;

    private Sent(
        NormalMessage message, @Nullable Curve25519PublicKey agreedWith, byte[] plaintext) {
      this.message = message;
      this.agreedWith = agreedWith;
      this.plaintext = plaintext;
    }

    NormalMessage message() {
      return message;
    }

    byte[] plaintext() {
      return plaintext;
    }
  }

  private final List<Chain> chains = new ArrayList<>();
  private @Nullable Curve25519PublicKey ownKey;
  private @Nullable Curve25519PublicKey peerKey;

  /** The responder knows the initiator's first chain from the start. */
  static OlmModel responder(Curve25519PublicKey firstChain) {
    OlmModel model = new OlmModel();
    model.chains.add(new Chain(firstChain));
    model.peerKey = firstChain;
    return model;
  }

  Sent sent(NormalMessage message, byte[] plaintext) {
    ownKey = message.ratchetKey();
    return new Sent(message, peerKey, plaintext);
  }

  /** Whether {@code sent} must be opened; if so, it is. */
  boolean receives(Sent sent) {
    NormalMessage message = sent.message;
    for (Chain chain : chains) {
      if (chain.ratchetKey.equals(message.ratchetKey())) {
        return chain.take(message.chainIndex());
      }
    }
    boolean agreed = ownKey != null && Objects.equals(ownKey, sent.agreedWith);
    if (!agreed || message.chainIndex() > GAP_MAX) {
      return false;
    }
    Chain chain = new Chain(message.ratchetKey());
    chain.take(message.chainIndex());
    chains.add(chain);
    if (chains.size() > CHAINS_MAX) {
      chains.remove(0);
    }
    ownKey = null;
    peerKey = message.ratchetKey();
    return true;
  }
}
