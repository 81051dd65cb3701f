package io.karst.domain.sender;

import io.karst.domain.id.ClientId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The envelopes that one device sent last, oldest first. Immutable.
 *
 * <p>Invariant: at most {@value #MAX}. Every envelope that arrives is looked up here, so the hashes
 * of the client ids stand beside each other: finding nothing, which is the rule, touches no other
 * object.
 */
public final class RecentEnvelopes {

  /**
   * Four frames of envelopes: more than a device has under way without an answer. A later retry is
   * stopped by its message index, so that forgetting never repeats a message.
   */
  public static final int MAX = 256;

  static final RecentEnvelopes NONE = new RecentEnvelopes(new TakenEnvelope[0], new int[0]);

  private final TakenEnvelope[] envelopes;
  private final int[] hashes;

  private RecentEnvelopes(TakenEnvelope[] envelopes, int[] hashes) {
    this.envelopes = envelopes;
    this.hashes = hashes;
  }

  /** Copies {@code envelopes}, which ascend by offset. */
  public static RecentEnvelopes of(List<TakenEnvelope> envelopes) {
    if (envelopes.size() > MAX) {
      throw new IllegalArgumentException("at most " + MAX + " envelopes");
    }
    return NONE.plus(envelopes);
  }

  public int size() {
    return envelopes.length;
  }

  /** Unmodifiable, oldest first. */
  public List<TakenEnvelope> asList() {
    return Collections.unmodifiableList(Arrays.asList(envelopes));
  }

  /** The envelope with this client id, unless it is one of the {@code forgotten} oldest. */
  Optional<TakenEnvelope> find(ClientId clientId, int forgotten) {
    int hash = clientId.hashCode();
    for (int i = forgotten; i < hashes.length; i++) {
      if (hashes[i] == hash && envelopes[i].clientId().equals(clientId)) {
        return Optional.of(envelopes[i]);
      }
    }
    return Optional.empty();
  }

  /** With newer ones at the end; the oldest give way. */
  RecentEnvelopes plus(List<TakenEnvelope> added) {
    int fresh = Math.min(MAX, added.size());
    int kept = Math.min(MAX - fresh, size());
    TakenEnvelope[] all = Arrays.copyOfRange(envelopes, size() - kept, size() + fresh);
    int[] allHashes = Arrays.copyOfRange(hashes, size() - kept, size() + fresh);
    for (int i = 0; i < fresh; i++) {
      all[kept + i] = added.get(added.size() - fresh + i);
      allHashes[kept + i] = all[kept + i].clientId().hashCode();
    }
    return new RecentEnvelopes(all, allHashes);
  }

  RecentEnvelopes only(Predicate<TakenEnvelope> kept) {
    return of(Arrays.stream(envelopes).filter(kept).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentEnvelopes that && Arrays.equals(envelopes, that.envelopes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(envelopes);
  }

  @Override
  public String toString() {
    return "RecentEnvelopes[" + envelopes.length + "]";
  }
}
