/** The ratchets, on clients only. */
@NullMarked
package io.karst.crypto;

import org.jspecify.annotations.NullMarked;
