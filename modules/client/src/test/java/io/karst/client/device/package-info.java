/** Tests of devices at work. */
@NullMarked
package io.karst.client.device;

import org.jspecify.annotations.NullMarked;
