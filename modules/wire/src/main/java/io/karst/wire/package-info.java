/** Messages and stubs generated from proto/karst/v1. */
@NullMarked
package io.karst.wire;

import org.jspecify.annotations.NullMarked;
