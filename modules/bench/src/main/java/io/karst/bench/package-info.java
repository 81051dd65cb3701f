/** The load tool: what it is told, and how it says what it found. */
@NullMarked
package io.karst.bench;

import org.jspecify.annotations.NullMarked;
