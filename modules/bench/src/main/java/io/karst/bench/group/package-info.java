/** Writing envelopes to groups through the API, and reading them back. */
@NullMarked
package io.karst.bench.group;

import org.jspecify.annotations.NullMarked;
