/** Event bytes to events and back, for every version ever written. */
@NullMarked
package io.karst.journal;

import org.jspecify.annotations.NullMarked;
