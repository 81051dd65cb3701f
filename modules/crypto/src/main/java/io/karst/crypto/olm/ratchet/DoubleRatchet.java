package io.karst.crypto.olm.ratchet;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.MessageGapException;
import io.karst.crypto.error.MissingMessageKeyException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.key.Secret;
import io.karst.crypto.wire.NormalMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The whole secret state of an Olm session at one moment.
 *
 * <p>Steps return a new state and leave this one as it was, so a message that turns out to be
 * forged costs nothing. States share the secrets that did not change; whoever adopts a new state
 * wipes the rest of the old one with {@link #destroyAllBut}.
 *
 * @param chains oldest first
 * @param skipped oldest first
 * @param count of changes of direction, including the sender's
 */
public record DoubleRatchet(
    RootKey rootKey,
    Sender sender,
    List<ReceiverChain> chains,
    List<SkippedKey> skipped,
    RatchetCount count) {

  /** Receiver chains kept: messages may be late by that many changes of direction. */
  public static final int RECEIVER_CHAINS_MAX = 5;

  /** Skipped keys kept for each chain, as the other implementations do. */
  public static final int SKIPPED_KEYS_PER_CHAIN_MAX = 40;

  /** Skipped keys kept in all. */
  public static final int SKIPPED_KEYS_MAX = RECEIVER_CHAINS_MAX * SKIPPED_KEYS_PER_CHAIN_MAX;

  /** Messages that may be missing before one: bounds the hashing that a forged index causes. */
  public static final int MESSAGE_GAP_MAX = 2000;

  public DoubleRatchet {
    chains = List.copyOf(chains);
    skipped = List.copyOf(skipped);
    if (chains.size() > RECEIVER_CHAINS_MAX || skipped.size() > SKIPPED_KEYS_MAX) {
      throw new IllegalArgumentException("more chains or skipped keys than are ever kept");
    }
    long turnsMin = 2L * (chains.size() - 1) + (sender instanceof Sender.Active ? 1 : 0);
    if (count.isKnown() && !chains.isEmpty() && count.value() < turnsMin) {
      throw new IllegalArgumentException("fewer changes of direction than there are chains");
    }
  }

  /** The state of who opens a session. */
  static DoubleRatchet initiator(RootStep start, Curve25519SecretKey ratchetKey) {
    Sender sender = new Sender.Active(ratchetKey, start.chainKey());
    return new DoubleRatchet(start.rootKey(), sender, List.of(), List.of(), RatchetCount.ZERO);
  }

  /** The state of who is addressed, before its first message is opened. */
  static DoubleRatchet responder(RootStep start, Curve25519PublicKey peerRatchetKey) {
    List<ReceiverChain> chains = List.of(new ReceiverChain(peerRatchetKey, start.chainKey()));
    return new DoubleRatchet(
        start.rootKey(), new Sender.Inactive(peerRatchetKey), chains, List.of(), RatchetCount.ZERO);
  }

  /** Whether a message of the peer was opened. */
  public boolean hasReceived() {
    return !chains.isEmpty();
  }

  /**
   * Prepares sending one message; draws a fresh ratchet key if the peer spoke last.
   *
   * @throws KeyRejectedException if the peer's ratchet key contributes nothing
   * @throws RatchetExhaustedException if the chain has no index left
   */
  public Sending send(RandomBytes random) throws KeyRejectedException, RatchetExhaustedException {
    if (sender instanceof Sender.Inactive inactive) {
      return sendAnew(inactive, random);
    }
    return sendWith(rootKey, (Sender.Active) sender, count);
  }

  private Sending sendAnew(Sender.Inactive inactive, RandomBytes random)
      throws KeyRejectedException, RatchetExhaustedException {
    Curve25519SecretKey ratchetKey = Curve25519SecretKey.generate(random);
    RootStep step = rootKey.step(ratchetKey.agree(inactive.peerRatchetKey()));
    Sender.Active active = new Sender.Active(ratchetKey, step.chainKey());
    Sending sending = sendWith(step.rootKey(), active, count.plus(1));
    step.chainKey().destroy();
    return sending;
  }

  private Sending sendWith(RootKey root, Sender.Active active, RatchetCount newCount)
      throws RatchetExhaustedException {
    ChainKey chain = active.chainKey();
    if (chain.isSpent()) {
      throw new RatchetExhaustedException();
    }
    Sender next = new Sender.Active(active.ratchetKey(), chain.next());
    return new Sending(
        new DoubleRatchet(root, next, chains, skipped, newCount),
        active.ratchetKey().publicKey(),
        chain.index(),
        chain.messageKey());
  }

  /**
   * Finds the key of {@code message} and the state in which it is used up. Nothing is authentic
   * yet.
   *
   * @throws MissingMessageKeyException if the key was used, dropped, or cannot be made
   * @throws MessageGapException if too many messages are missing before it
   * @throws KeyRejectedException if the message's ratchet key contributes nothing
   */
  public Receiving receive(NormalMessage message) throws DecryptionException, KeyRejectedException {
    for (SkippedKey key : skipped) {
      if (key.opens(message.ratchetKey(), message.chainIndex())) {
        return receiveSkipped(key);
      }
    }
    for (int i = 0; i < chains.size(); i++) {
      if (chains.get(i).ratchetKey().equals(message.ratchetKey())) {
        return receiveFrom(i, message.chainIndex());
      }
    }
    return receiveFromNewChain(message);
  }

  private Receiving receiveSkipped(SkippedKey key) {
    List<SkippedKey> rest = new ArrayList<>(skipped);
    rest.remove(key);
    return new Receiving(
        new DoubleRatchet(rootKey, sender, chains, rest, count),
        key.messageKey().copy());
  }

  private Receiving receiveFromNewChain(NormalMessage message)
      throws DecryptionException, KeyRejectedException {
    if (!(sender instanceof Sender.Active active)) {
      throw new MissingMessageKeyException(message.chainIndex());
    }
    ChainWalk.requireGap(message.chainIndex());
    RootStep step = rootKey.step(active.ratchetKey().agree(message.ratchetKey()));
    List<ReceiverChain> more = new ArrayList<>(chains);
    List<SkippedKey> kept = new ArrayList<>(skipped);
    more.add(new ReceiverChain(message.ratchetKey(), step.chainKey()));
    if (more.size() > RECEIVER_CHAINS_MAX) {
      Curve25519PublicKey dropped = more.remove(0).ratchetKey();
      kept.removeIf(key -> key.ratchetKey().equals(dropped));
    }
    Sender inactive = new Sender.Inactive(message.ratchetKey());
    DoubleRatchet turned = new DoubleRatchet(step.rootKey(), inactive, more, kept, count.plus(1));
    Receiving receiving = turned.receiveFrom(more.size() - 1, message.chainIndex());
    step.chainKey().destroy();
    return receiving;
  }

  private Receiving receiveFrom(int position, long index) throws DecryptionException {
    ReceiverChain chain = chains.get(position);
    ChainWalk walk = ChainWalk.to(chain, index);
    List<ReceiverChain> moved = new ArrayList<>(chains);
    moved.set(position, new ReceiverChain(chain.ratchetKey(), walk.after()));
    return new Receiving(
        new DoubleRatchet(rootKey, sender, moved, walk.addTo(skipped), count), walk.messageKey());
  }

  /** Wipes every secret of this state that {@code kept} does not have too. */
  public void destroyAllBut(DoubleRatchet kept) {
    Set<Secret> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    shared.addAll(kept.secrets());
    for (Secret secret : secrets()) {
      if (!shared.contains(secret)) {
        secret.destroy();
      }
    }
  }

  /** Wipes everything. */
  public void destroy() {
    secrets().forEach(Secret::destroy);
  }

  private List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(rootKey);
    if (sender instanceof Sender.Active active) {
      secrets.add(active.ratchetKey());
      secrets.add(active.chainKey());
    }
    chains.forEach(chain -> secrets.add(chain.chainKey()));
    skipped.forEach(key -> secrets.add(key.messageKey()));
    return secrets;
  }
}
