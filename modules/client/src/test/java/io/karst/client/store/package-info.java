/** What every store must keep. */
@NullMarked
package io.karst.client.store;

import org.jspecify.annotations.NullMarked;
