/**
 * Pickles of vodozemac, byte for byte, for moving in and out.
 *
 * <p>Their plaintext is JSON. It is read with jackson-core's streaming parser, which works on the
 * byte array itself, so that no secret becomes a string or a tree; nothing outside this package
 * sees JSON. It is written by a few lines of its own, because the order and the spacing of the
 * original are kept to the byte and the buffer is wiped.
 */
@NullMarked
package io.karst.crypto.pickle.vodozemac;

import org.jspecify.annotations.NullMarked;
