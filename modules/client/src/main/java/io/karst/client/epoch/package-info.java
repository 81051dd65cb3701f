/** Epochs as a device verifies, installs and starts them. */
@NullMarked
package io.karst.client.epoch;

import org.jspecify.annotations.NullMarked;
