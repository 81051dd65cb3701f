/** Who can read a message, and why a device cannot. */
@NullMarked
package io.karst.domain.access;

import org.jspecify.annotations.NullMarked;
