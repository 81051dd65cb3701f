/** The SDK's entry point and its wiring: where to connect, where to keep a device. */
@NullMarked
package io.karst.client;

import org.jspecify.annotations.NullMarked;
