/** How what this module stores and sends becomes bytes. */
@NullMarked
package io.karst.actors.serialization;

import org.jspecify.annotations.NullMarked;
