package io.karst.crypto.olm;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.SessionRejectedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.Ed25519Signature;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.olm.ratchet.DoubleRatchet;
import io.karst.crypto.olm.ratchet.TripleDiffieHellman;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.crypto.wire.SessionKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device's long-term keys, and the one-time and fallback keys with which others reach it.
 *
 * <p>Invariant: a failed operation changes nothing; a one-time key is removed only once the message
 * that used it was opened, so a forged one cannot burn it. Whoever opens a session may be anybody:
 * compare the identity key with one that was verified. Not thread-safe: one owner, one thread.
 */
public final class Account implements Secret {

  /** One-time keys kept: a message may come long after newer keys were published. */
  public static final int ONE_TIME_KEYS_STORED_MAX = 5000;

  /** One-time keys that should lie on the server at a time. */
  public static final int ONE_TIME_KEYS_PUBLISHED_MAX = 50;

  private final Ed25519SigningKey signingKey;
  private final Curve25519SecretKey identityKey;
  private final OneTimeKeys oneTimeKeys;
  private final RandomBytes random;
  private FallbackKeys fallbackKeys;

  private Account(AccountState state, RandomBytes random) {
    this.signingKey = state.signingKey();
    this.identityKey = state.identityKey();
    this.oneTimeKeys = new OneTimeKeys(state.oneTimeKeys(), state.nextOneTimeKeyId());
    this.fallbackKeys = state.fallbackKeys();
    this.random = random;
  }

  /** A new device: fresh identity keys, no one-time keys yet. */
  public static Account create(RandomBytes random) {
    Ed25519SigningKey signingKey = Ed25519SigningKey.generate(random);
    Curve25519SecretKey identityKey = Curve25519SecretKey.generate(random);
    return new Account(
        new AccountState(signingKey, identityKey, List.of(), 0, FallbackKeys.NONE), random);
  }

  /** An account as it was stored; takes the state over. */
  public static Account restore(SecretAccess access, AccountState state, RandomBytes random) {
    return new Account(state, random);
  }

  public IdentityKeys identityKeys() {
    return new IdentityKeys(signingKey.publicKey(), identityKey.publicKey());
  }

  /** Signs with the device's Ed25519 identity key. */
  public Ed25519Signature sign(byte[] message) {
    return signingKey.sign(message);
  }

  /**
   * Makes one-time keys, to be published and then {@linkplain #markKeysAsPublished marked}.
   *
   * @param number 0 to {@link #ONE_TIME_KEYS_STORED_MAX}
   */
  public NewOneTimeKeys generateOneTimeKeys(int number) {
    if (number < 0 || number > ONE_TIME_KEYS_STORED_MAX) {
      throw new IllegalArgumentException("cannot store " + number + " one-time keys");
    }
    return oneTimeKeys.generate(number, random);
  }

  /** The one-time keys that were not marked as published, by ascending id. */
  public Map<KeyId, Curve25519PublicKey> oneTimeKeys() {
    return oneTimeKeys.unpublished();
  }

  /** How many one-time keys are kept, published or not. */
  public int storedOneTimeKeyCount() {
    return oneTimeKeys.size();
  }

  /**
   * Makes a new fallback key; the current one becomes the previous one.
   *
   * @return the previous one of before, which is gone now
   */
  public Optional<Curve25519PublicKey> generateFallbackKey() {
    Optional<PreKey> gone = fallbackKeys.previous();
    fallbackKeys = fallbackKeys.generate(random);
    gone.ifPresent(key -> key.secretKey().destroy());
    return gone.map(PreKey::publicKey);
  }

  /** The current fallback key, unless it was marked as published. */
  public Map<KeyId, Curve25519PublicKey> fallbackKey() {
    return fallbackKeys
        .current()
        .filter(key -> !key.published())
        .map(key -> Map.of(key.id(), key.publicKey()))
        .orElse(Map.of());
  }

  /**
   * Forgets the previous fallback key, once no message to it can be under way any more.
   *
   * @return whether there was one
   */
  public boolean forgetFallbackKey() {
    Optional<PreKey> gone = fallbackKeys.previous();
    fallbackKeys = fallbackKeys.withoutPrevious();
    gone.ifPresent(key -> key.secretKey().destroy());
    return gone.isPresent();
  }

  /** Remembers that the server has all one-time keys and the fallback key. */
  public void markKeysAsPublished() {
    oneTimeKeys.markAsPublished();
    fallbackKeys = fallbackKeys.asPublished();
  }

  /**
   * Opens a session with another device, or with this one.
   *
   * <p>The caller has verified that both keys are the device's.
   *
   * @param theirOneTimeKey a one-time or fallback key
   * @throws KeyRejectedException if one of the keys contributes nothing
   */
  public OlmSession createOutboundSession(
      SessionConfig config,
      Curve25519PublicKey theirIdentityKey,
      Curve25519PublicKey theirOneTimeKey)
      throws KeyRejectedException {
    try (Curve25519SecretKey base = Curve25519SecretKey.generate(random)) {
      Curve25519SecretKey ratchetKey = Curve25519SecretKey.generate(random);
      DoubleRatchet ratchet = TripleDiffieHellman.initiate(
          identityKey, base, ratchetKey, theirIdentityKey, theirOneTimeKey);
      SessionKeys keys =
          new SessionKeys(identityKey.publicKey(), base.publicKey(), theirOneTimeKey);
      return new OlmSession(config, keys, ratchet, random);
    }
  }

  /**
   * Makes a session from its first message and opens that message.
   *
   * <p>Ask {@link OlmSession#matches} of existing sessions first: only an unknown message makes a
   * new one.
   *
   * @param config the one that this device expects
   * @param theirIdentityKey of whom the message is said to be
   * @throws SessionRejectedException if config or identity differ, or the one-time key is unknown
   * @throws KeyRejectedException if one of its keys contributes nothing, or its base key is not in
   *     canonical form
   * @throws DecryptionException if the message is not authentic
   */
  public InboundCreation createInboundSession(
      SessionConfig config, Curve25519PublicKey theirIdentityKey, PreKeyMessage message)
      throws CryptoException {
    if (!message.identityKey().equals(theirIdentityKey)) {
      throw new SessionRejectedException(
          ErrorCode.IDENTITY_KEY_MISMATCH, "the message names another identity key");
    }
    if (message.normal().config() != config) {
      throw new SessionRejectedException(ErrorCode.SESSION_CONFIG_MISMATCH, "expected " + config);
    }
    SessionKeys keys = message.sessionKeys();
    Optional<PreKey> oneTimeKey = oneTimeKeys.find(keys.oneTimeKey());
    PreKey key = oneTimeKey
        .or(() -> fallbackKeys.find(keys.oneTimeKey()))
        .orElseThrow(Account::unknownOneTimeKey);
    DoubleRatchet ratchet = TripleDiffieHellman.respond(
        identityKey, key.secretKey(), keys, message.normal().ratchetKey());
    InboundCreation created = open(new OlmSession(config, keys, ratchet, random), message);
    oneTimeKey.ifPresent(oneTimeKeys::remove);
    return created;
  }

  private static InboundCreation open(OlmSession session, PreKeyMessage message)
      throws CryptoException {
    boolean opened = false;
    try {
      byte[] plaintext = session.decrypt(message);
      opened = true;
      return new InboundCreation(session, plaintext);
    } finally {
      if (!opened) {
        session.destroy();
      }
    }
  }

  private static SessionRejectedException unknownOneTimeKey() {
    return new SessionRejectedException(
        ErrorCode.UNKNOWN_ONE_TIME_KEY, "used already, dropped, or never this device's");
  }

  /** All parts themselves, for storing. */
  public AccountState state(SecretAccess access) {
    return new AccountState(
        signingKey, identityKey, oneTimeKeys.all(), oneTimeKeys.nextId(), fallbackKeys);
  }

  @Override
  public void destroy() {
    signingKey.destroy();
    identityKey.destroy();
    oneTimeKeys.all().forEach(key -> key.secretKey().destroy());
    fallbackKeys.keys().forEach(key -> key.secretKey().destroy());
  }

  @Override
  public boolean isDestroyed() {
    return signingKey.isDestroyed();
  }

  @Override
  public String toString() {
    return "Account(" + signingKey.publicKey().toBase64() + ")";
  }
}
