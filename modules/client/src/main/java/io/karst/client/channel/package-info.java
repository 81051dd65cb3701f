/** One group as a device lives in it: what it says, what it hears, whom it admits. */
@NullMarked
package io.karst.client.channel;

import org.jspecify.annotations.NullMarked;
