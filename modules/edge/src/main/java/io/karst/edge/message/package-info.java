/** Wire messages to domain values and back: raw input becomes a valid value once, or a reason. */
@NullMarked
package io.karst.edge.message;

import org.jspecify.annotations.NullMarked;
