/** The secret of one epoch, what is derived from it, and the payload that carries it. */
@NullMarked
package io.karst.crypto.epoch;

import org.jspecify.annotations.NullMarked;
