/** A member as a pure state machine: devices, their public keys, their inboxes. */
@NullMarked
package io.karst.domain.device;

import org.jspecify.annotations.NullMarked;
