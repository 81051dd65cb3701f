/** The leaves of a group's Merkle tree: what each entry of its log contributes. */
@NullMarked
package io.karst.proof.entry;

import org.jspecify.annotations.NullMarked;
