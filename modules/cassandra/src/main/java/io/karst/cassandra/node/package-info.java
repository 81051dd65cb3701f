/** What runs inside the child JVM, beside Cassandra and with nothing of Karst's but this. */
@NullMarked
package io.karst.cassandra.node;

import org.jspecify.annotations.NullMarked;
