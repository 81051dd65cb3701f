/** A server over a real Cassandra, and devices that speak to it with real signatures. */
@NullMarked
package io.karst.edge.scene;

import org.jspecify.annotations.NullMarked;
