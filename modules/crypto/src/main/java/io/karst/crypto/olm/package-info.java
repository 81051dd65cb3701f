/** A device's account, and its sessions with single other devices. */
@NullMarked
package io.karst.crypto.olm;

import org.jspecify.annotations.NullMarked;
