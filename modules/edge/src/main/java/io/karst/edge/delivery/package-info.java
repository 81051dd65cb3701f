/** {@code DeliveryService}: what reaches a device, at the pace at which it reads. */
@NullMarked
package io.karst.edge.delivery;

import org.jspecify.annotations.NullMarked;
