/** Tests of how epochs begin. */
@NullMarked
package io.karst.client.epoch;

import org.jspecify.annotations.NullMarked;
