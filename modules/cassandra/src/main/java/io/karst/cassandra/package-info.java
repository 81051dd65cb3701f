/** Starts, guards and stops a Cassandra node in a child JVM. */
@NullMarked
package io.karst.cassandra;

import org.jspecify.annotations.NullMarked;
