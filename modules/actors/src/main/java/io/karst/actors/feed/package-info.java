/** The live tail of groups on one node, shared by its readers. */
@NullMarked
package io.karst.actors.feed;

import org.jspecify.annotations.NullMarked;
