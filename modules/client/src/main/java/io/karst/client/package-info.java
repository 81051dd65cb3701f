/** The SDK: an I/O-free core, then transport and store. */
@NullMarked
package io.karst.client;

import org.jspecify.annotations.NullMarked;
