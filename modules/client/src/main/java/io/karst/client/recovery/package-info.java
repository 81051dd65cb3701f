/** The recovery ladder: how a device gets back keys of epochs, as a function without any effect. */
@NullMarked
package io.karst.client.recovery;

import org.jspecify.annotations.NullMarked;
