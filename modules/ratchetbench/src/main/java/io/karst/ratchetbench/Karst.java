package io.karst.ratchetbench;

import com.sun.management.OperatingSystemMXBean;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SessionKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.InboundCreation;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.Pickler;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.NormalMessage;
import io.karst.crypto.wire.OlmMessage;
import io.karst.crypto.wire.PreKeyMessage;
import io.karst.crypto.wire.SessionConfig;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Arrays;

/** This project's ratchets, doing exactly what the harnesses of the other libraries do. */
final class Karst implements Contestant {

  private static final SessionConfig CONFIG = SessionConfig.V1;
  private static final long ADVANCE = 10_000;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Performs the operation of this number, counted from 0 in each run. */
  private interface Step {
    long perform(int i) throws CryptoException;
  }

  private final RandomBytes random = new SecureRandom()::nextBytes;
  private final int count;
  private final byte[] plain;
  private final Step step;

  private Karst(Operation operation, int count) throws CryptoException {
    this.count = count;
    plain = new byte[operation.bytes()];
    Arrays.fill(plain, (byte) 'k');
    step = prepare(operation);
  }

  static Karst start(Operation operation, int count) throws CryptoException {
    return new Karst(operation, count);
  }

  @Override
  public long run() throws CryptoException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += step.perform(i);
    }
    return sum;
  }

  @Override
  public long cpuNanos() {
    return PROCESS.getProcessCpuTime();
  }

  @Override
  public void close() {}

  private Step prepare(Operation operation) throws CryptoException {
    return switch (operation) {
      case MEGOLM_ENCRYPT, MEGOLM_ENCRYPT_LONG -> encrypting();
      case MEGOLM_DECRYPT, MEGOLM_DECRYPT_LONG -> decrypting();
      case MEGOLM_CREATE -> i -> speaker().messageIndex();
      case MEGOLM_JOIN -> joining();
      case MEGOLM_EXPORT -> exporting();
      case MEGOLM_ADVANCE -> advancing();
      case OLM_ENCRYPT -> encryptingOlm();
      case OLM_DECRYPT -> decryptingOlm();
      case OLM_TURN -> turning();
      case OLM_OPEN -> opening();
      case OLM_ACCEPT -> accepting();
    };
  }

  private OutboundGroupSession speaker() {
    return OutboundGroupSession.create(CONFIG, random);
  }

  private static InboundGroupSession join(byte[] sessionKey) throws CryptoException {
    try (SessionKey key = SessionKey.fromBase64(sessionKey)) {
      return InboundGroupSession.fromSessionKey(CONFIG, key);
    }
  }

  private Step encrypting() {
    OutboundGroupSession speaker = speaker();
    return i -> speaker.encrypt(plain).toBase64().length();
  }

  private Step decrypting() throws CryptoException {
    OutboundGroupSession speaker = speaker();
    byte[] sessionKey = speaker.sessionKey().toBase64();
    String[] messages = new String[count];
    for (int i = 0; i < count; i++) {
      messages[i] = speaker.encrypt(plain).toBase64();
    }
    var listener = new InboundGroupSession[1];
    return i -> {
      if (i == 0) {
        listener[0] = join(sessionKey);
      }
      return listener[0].decrypt(MegolmMessage.fromBase64(messages[i])).plaintext().length;
    };
  }

  private Step joining() throws CryptoException {
    byte[] sessionKey = speaker().sessionKey().toBase64();
    return i -> join(sessionKey).firstKnownIndex();
  }

  private Step exporting() throws CryptoException {
    InboundGroupSession listener = join(speaker().sessionKey().toBase64());
    return i -> listener.exportAt(0).toBase64().length;
  }

  private Step advancing() throws CryptoException {
    byte[] sessionKey = speaker().sessionKey().toBase64();
    var listener = new InboundGroupSession[1];
    return i -> {
      if (i == 0) {
        listener[0] = join(sessionKey);
      }
      long index = ADVANCE * (i + 1);
      listener[0].advanceTo(index);
      return listener[0].exportAt(index).toBase64().length;
    };
  }

  private Step encryptingOlm() throws CryptoException {
    OlmSession sender = new Conversation().sender;
    return i -> sender.encrypt(plain).toBase64().length();
  }

  private Step decryptingOlm() throws CryptoException {
    var conversation = new Conversation();
    conversation.receiver.decrypt(conversation.sender.encrypt(plain));
    String[] messages = new String[count];
    for (int i = 0; i < count; i++) {
      messages[i] = conversation.sender.encrypt(plain).toBase64();
    }
    var pickler = new Pickler(PickleKey.generate(random), random);
    byte[] stored = pickler.pickle(conversation.receiver);
    var receiver = new OlmSession[1];
    return i -> {
      if (i == 0) {
        receiver[0] = pickler.olmSession(stored);
      }
      return receiver[0].decrypt(NormalMessage.fromBase64(messages[i])).length;
    };
  }

  private Step turning() throws CryptoException {
    var conversation = new Conversation();
    return i -> told(conversation.sender, conversation.receiver)
        + told(conversation.receiver, conversation.sender);
  }

  private long told(OlmSession from, OlmSession to) throws CryptoException {
    return to.decrypt(NormalMessage.fromBase64(from.encrypt(plain).toBase64())).length;
  }

  private Step opening() {
    Account alice = Account.create(random);
    Account bob = Account.create(random);
    Curve25519PublicKey identity = bob.identityKeys().curve25519();
    Curve25519PublicKey fallback = fallbackKey(bob);
    return i ->
        alice.createOutboundSession(CONFIG, identity, fallback).hasReceivedMessage() ? 1 : 0;
  }

  private Step accepting() throws CryptoException {
    Account alice = Account.create(random);
    Account bob = Account.create(random);
    String first = alice
        .createOutboundSession(CONFIG, bob.identityKeys().curve25519(), fallbackKey(bob))
        .encrypt(plain)
        .toBase64();
    Curve25519PublicKey identity = alice.identityKeys().curve25519();
    return i -> bob.createInboundSession(CONFIG, identity, PreKeyMessage.fromBase64(first))
        .plaintext()
        .length;
  }

  private static Curve25519PublicKey fallbackKey(Account account) {
    account.generateFallbackKey();
    return account.fallbackKey().values().iterator().next();
  }

  /** Two sessions whose sides have heard each other. */
  private final class Conversation {

    private final OlmSession sender;
    private final OlmSession receiver;

    private Conversation() throws CryptoException {
      Account alice = Account.create(random);
      Account bob = Account.create(random);
      sender =
          alice.createOutboundSession(CONFIG, bob.identityKeys().curve25519(), fallbackKey(bob));
      OlmMessage first = sender.encrypt(plain);
      InboundCreation created = bob.createInboundSession(
          CONFIG, alice.identityKeys().curve25519(), PreKeyMessage.parse(first.bytes()));
      receiver = created.session();
      sender.decrypt(receiver.encrypt(plain));
    }
  }
}
