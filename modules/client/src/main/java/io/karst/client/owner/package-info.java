/** What a member's own devices say to each other: sent, received, opened. */
@NullMarked
package io.karst.client.owner;

import org.jspecify.annotations.NullMarked;
