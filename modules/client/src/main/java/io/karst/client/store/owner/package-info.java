/** What is stored of the messages that a member's own devices share. */
@NullMarked
package io.karst.client.store.owner;

import org.jspecify.annotations.NullMarked;
