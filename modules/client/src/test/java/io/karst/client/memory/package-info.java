/** Tests of a device's state. */
@NullMarked
package io.karst.client.memory;

import org.jspecify.annotations.NullMarked;
