package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import java.util.List;

/** Pairwise sessions, several to a peer. */
public interface OlmTable {

  /**
   * Both sides may open sessions at the same moment, repeatedly; older ones than these are never
   * used again.
   */
  int SESSIONS_MAX = 5;

  /**
   * What sessions are for. Those of one lane carry nothing of the other: a long absence would push
   * one kind out of the other's window of skipped keys.
   */
  enum Lane {
    /** Epoch keys, shared keys, and questions for them. */
    KEYS,
    /** Messages to the member's own devices. */
    OWNER
  }

  /** Sessions with a peer; first the one to use, which last proved that the peer holds it. */
  List<OlmRow> with(Bytes peerKey);

  /** Adds a session as the one to use, and forgets the last beyond {@link #SESSIONS_MAX}. */
  void add(Bytes peerKey, Bytes session);

  /** Stores a session's new state. */
  void update(OlmRow row);

  /** Stores a session's new state and makes it the one to use. */
  void prefer(OlmRow row);
}
