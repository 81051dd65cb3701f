/** The gRPC services. */
@NullMarked
package io.karst.edge;

import org.jspecify.annotations.NullMarked;
