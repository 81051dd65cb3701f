/** Strict verification of signatures, public keys, and what devices sign with them. */
@NullMarked
package io.karst.proof.signature;

import org.jspecify.annotations.NullMarked;
