/** Immutable strings of bytes. */
@NullMarked
package io.karst.domain.bytes;

import org.jspecify.annotations.NullMarked;
