/** What is missing of sessions, and what the server hid, as it is stored. */
@NullMarked
package io.karst.client.store.gap;

import org.jspecify.annotations.NullMarked;
