/** The one thread that owns a device, and the order of what is done on it. */
@NullMarked
package io.karst.client.work;

import org.jspecify.annotations.NullMarked;
