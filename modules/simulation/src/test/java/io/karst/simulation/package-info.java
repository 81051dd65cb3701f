/**
 * The whole on one thread: real SDKs and real rules, with time, chance, transport and disks made
 * from one seed.
 */
@NullMarked
package io.karst.simulation;

import org.jspecify.annotations.NullMarked;
