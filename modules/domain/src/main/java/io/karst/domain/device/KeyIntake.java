package io.karst.domain.device;

import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.refusal.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges uploaded one-time keys one by one, so that a bad key spoils no other.
 *
 * <p>Keys are judged ascending by id: those that do not fit any more are the newest, stay above the
 * watermark, and can be uploaded later.
 */
final class KeyIntake {

  private final KeyStock stock;
  private final List<SignedKey> taken = new ArrayList<>();
  private final List<KeyRefusal> refusals = new ArrayList<>();

  KeyIntake(KeyStock stock, List<SignedKey> uploaded) {
    this.stock = stock;
    uploaded.stream().sorted(Comparator.comparingLong(SignedKey::keyId)).forEach(this::judge);
  }

  List<SignedKey> taken() {
    return taken;
  }

  List<KeyRefusal> refusals() {
    return refusals;
  }

  /**
   * Why a fallback key may not take the place of the current one. The very same key is harmless.
   */
  static Optional<Reason> fallbackProblem(SignedKey current, SignedKey key) {
    if (!key.fallback()) {
      return Optional.of(Reason.KEY_INVALID);
    }
    if (key.keyId() == current.keyId() && !key.equals(current)) {
      return Optional.of(Reason.ONE_TIME_KEY_CONFLICT);
    }
    return key.keyId() < current.keyId() ? Optional.of(Reason.ONE_TIME_KEY_USED) : Optional.empty();
  }

  private void judge(SignedKey key) {
    Optional<SignedKey> same = held(key.keyId());
    if (key.fallback()) {
      refuse(key, Reason.KEY_INVALID);
    } else if (same.isPresent()) {
      if (!same.get().equals(key)) {
        refuse(key, Reason.ONE_TIME_KEY_CONFLICT);
      }
    } else if (key.keyId() <= stock.watermark()) {
      refuse(key, Reason.ONE_TIME_KEY_USED);
    } else if (stock.oneTimeKeys().size() + taken.size() == KeyStock.ONE_TIME_KEYS_MAX) {
      refuse(key, Reason.ONE_TIME_KEYS_FULL);
    } else {
      taken.add(key);
    }
  }

  private Optional<SignedKey> held(long keyId) {
    boolean justTaken = !taken.isEmpty() && taken.get(taken.size() - 1).keyId() == keyId;
    return justTaken ? Optional.of(taken.get(taken.size() - 1)) : stock.held(keyId);
  }

  private void refuse(SignedKey key, Reason reason) {
    refusals.add(new KeyRefusal(key.keyId(), reason));
  }
}
