/** Cassandra's side: the shipped schema, and whether it is there. */
@NullMarked
package io.karst.actors.schema;

import org.jspecify.annotations.NullMarked;
