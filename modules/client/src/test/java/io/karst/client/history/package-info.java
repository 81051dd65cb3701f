/** Past epochs, over a store in memory. */
@NullMarked
package io.karst.client.history;

import org.jspecify.annotations.NullMarked;
