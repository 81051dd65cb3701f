package io.karst.client.wire;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.merkle.Head;
import java.util.Optional;

/**
 * One entry of a log with its place in the Merkle tree.
 *
 * @param leaf its leaf hash, 32 bytes, computed here from what the entry says
 * @param cursor the head after it, where the server gave it out
 */
public record LogItem(Entry entry, Bytes leaf, Optional<Head> cursor) {}
