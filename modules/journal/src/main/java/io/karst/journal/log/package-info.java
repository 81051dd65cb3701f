/** A group's log as state: what the events made of the group, and the tree that proves it. */
@NullMarked
package io.karst.journal.log;

import org.jspecify.annotations.NullMarked;
