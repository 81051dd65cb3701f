package io.karst.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.call.RandomBytes;
import io.karst.proof.statement.Statement;
import io.karst.proof.statement.StatementWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Challenges that a device signs to prove itself.
 *
 * <p>A challenge carries its own expiry and a MAC, so that drawing one costs no memory, whoever
 * draws it. Only those that were answered well are remembered, until they expire: {@code nonce (16)
 * ‖ expiry, ms since 1970 (8) ‖ MAC (32)}. Each node remembers for itself: a proof that is replayed
 * to another node within a minute yields a token of the same device to somebody who has read the
 * device's TLS stream, and could have read the token there. Thread-safe.
 */
public final class Challenges {

  /** Enough for a device on a slow line to sign; too little to collect challenges. */
  static final Duration LIFETIME = Duration.ofSeconds(60);

  /** Logins of one node within a challenge's lifetime; some 100 bytes each. */
  static final int ANSWERED_MAX = 200_000;

  private static final int NONCE_LENGTH = 16;
  private static final int CLEAR_LENGTH = NONCE_LENGTH + Long.BYTES;
  private static final int LENGTH = CLEAR_LENGTH + 32;

  private final SecretKeySpec key;
  private final InstantSource clock;
  private final RandomBytes random;
  private final Cache<Bytes, Boolean> answered;

  public Challenges(ServerSecret secret, InstantSource clock, RandomBytes random) {
    this.key = secret.keyFor("challenge");
    this.clock = clock;
    this.random = random;
    this.answered = Caffeine.newBuilder()
        .maximumSize(ANSWERED_MAX)
        .expireAfterWrite(LIFETIME)
        .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
        .executor(Runnable::run)
        .build();
  }

  /** A challenge and until when it is accepted. */
  record Challenge(Bytes bytes, Instant expiresAt) {}

  Challenge draw(DeviceAddress device) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.fill(nonce);
    long expiry = clock.instant().plus(LIFETIME).toEpochMilli();
    byte[] clear = ByteBuffer.allocate(CLEAR_LENGTH).put(nonce).putLong(expiry).array();
    byte[] whole =
        ByteBuffer.allocate(LENGTH).put(clear).put(mac(device, clear)).array();
    return new Challenge(Bytes.copyOf(whole), Instant.ofEpochMilli(expiry));
  }

  /** Whether the challenge was drawn for this device, has not expired and was not answered yet. */
  boolean isOpen(DeviceAddress device, Bytes challenge) {
    if (challenge.length() != LENGTH) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(challenge.toArray());
    byte[] clear = new byte[CLEAR_LENGTH];
    byte[] mac = new byte[LENGTH - CLEAR_LENGTH];
    buffer.get(clear).get(mac);
    long expiry = ByteBuffer.wrap(clear).getLong(NONCE_LENGTH);
    return MessageDigest.isEqual(mac, mac(device, clear))
        && clock.millis() < expiry
        && answered.getIfPresent(challenge) == null;
  }

  /** Closes an open challenge; false when another answer was faster. */
  boolean close(Bytes challenge) {
    return answered.asMap().putIfAbsent(challenge, true) == null;
  }

  private byte[] mac(DeviceAddress device, byte[] clear) {
    Statement statement = StatementWriter.labelled("karst/v1 challenge")
        .str(device.member().value())
        .str(device.device().value())
        .bytes(Bytes.copyOf(clear))
        .statement();
    return ServerSecret.mac(key, statement.bytes().toArray());
  }
}
