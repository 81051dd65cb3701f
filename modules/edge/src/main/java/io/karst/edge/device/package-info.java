/** {@code DeviceService}: registering devices, and their public keys. */
@NullMarked
package io.karst.edge.device;

import org.jspecify.annotations.NullMarked;
