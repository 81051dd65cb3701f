/** Starts, guards and stops a Cassandra node in a child JVM, with nothing but the JDK. */
@NullMarked
package io.karst.cassandra;

import org.jspecify.annotations.NullMarked;
