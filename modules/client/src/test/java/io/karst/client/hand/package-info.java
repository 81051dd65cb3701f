/** Devices with the real SDK, whose server and end a test holds in its hand. */
@NullMarked
package io.karst.client.hand;

import org.jspecify.annotations.NullMarked;
