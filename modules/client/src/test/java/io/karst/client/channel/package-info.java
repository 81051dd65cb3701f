/** How a device reads a group's log. */
@NullMarked
package io.karst.client.channel;

import org.jspecify.annotations.NullMarked;
