/** Writing the same bytes with Cassandra's driver alone. */
@NullMarked
package io.karst.bench.raw;

import org.jspecify.annotations.NullMarked;
