/** The one place where a refusal becomes a gRPC status. */
@NullMarked
package io.karst.edge.status;

import org.jspecify.annotations.NullMarked;
