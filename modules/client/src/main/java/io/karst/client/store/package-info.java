/** What a device remembers, as tables and transactions; secrets come in encrypted already. */
@NullMarked
package io.karst.client.store;

import org.jspecify.annotations.NullMarked;
