package io.karst.client.store;

/**
 * What pairwise sessions are for. Those of one lane carry nothing of the other: a long absence
 * would push one kind out of the other's window of skipped keys.
 */
public enum OlmLane {
  /** Epoch keys, shared keys, and questions for them. */
  KEYS,
  /** Messages to the member's own devices. */
  OWNER
}
