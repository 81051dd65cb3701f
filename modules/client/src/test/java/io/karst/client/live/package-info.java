/** The SDK against a running server with a real Cassandra. */
@NullMarked
package io.karst.client.live;

import org.jspecify.annotations.NullMarked;
