/** Frames of envelopes on their way to groups: one frame, one message, one answer. */
@NullMarked
package io.karst.edge.append;

import org.jspecify.annotations.NullMarked;
