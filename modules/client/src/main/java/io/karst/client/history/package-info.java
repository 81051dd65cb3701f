/**
 * Keys of past epochs: given to other devices, asked for, taken, and what was said read by them.
 */
@NullMarked
package io.karst.client.history;

import org.jspecify.annotations.NullMarked;
