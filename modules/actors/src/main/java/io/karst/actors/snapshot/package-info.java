/** Where entities' snapshots are kept: in rows of bounded size, whatever the size of a state. */
@NullMarked
package io.karst.actors.snapshot;

import org.jspecify.annotations.NullMarked;
