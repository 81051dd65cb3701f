/** Sharded, persistent entities around the rules. */
@NullMarked
package io.karst.actors;

import org.jspecify.annotations.NullMarked;
