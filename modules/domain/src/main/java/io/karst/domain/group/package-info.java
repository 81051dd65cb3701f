/** A group as a pure state machine: commands in, decisions out, no I/O, no clock. */
@NullMarked
package io.karst.domain.group;

import org.jspecify.annotations.NullMarked;
