/** Group sessions: one sender's ratchet, shared with many receivers. */
@NullMarked
package io.karst.crypto.megolm;

import org.jspecify.annotations.NullMarked;
