/** The program: configuration, wiring, shutdown. */
@NullMarked
package io.karst.server;

import org.jspecify.annotations.NullMarked;
