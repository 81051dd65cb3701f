/** Replays an exported log through the rules and says what disagrees. */
@NullMarked
package io.karst.audit;

import org.jspecify.annotations.NullMarked;
