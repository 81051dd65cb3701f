/** Messages as they travel: strict canonical encoders and decoders of Olm and Megolm. */
@NullMarked
package io.karst.crypto.wire;

import org.jspecify.annotations.NullMarked;
