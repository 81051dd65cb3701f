/** Finds out what became of messages that did not come: hidden by the server, or never sent. */
@NullMarked
package io.karst.client.gap;

import org.jspecify.annotations.NullMarked;
