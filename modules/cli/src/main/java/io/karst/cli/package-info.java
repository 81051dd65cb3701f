/** One class per command, over the public SDK. */
@NullMarked
package io.karst.cli;

import org.jspecify.annotations.NullMarked;
