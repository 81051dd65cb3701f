/** Turns messages of the API into valid values, and values into messages. */
@NullMarked
package io.karst.client.wire;

import org.jspecify.annotations.NullMarked;
