/** Messages and what they mean. */
@NullMarked
package io.karst.client.wire;

import org.jspecify.annotations.NullMarked;
