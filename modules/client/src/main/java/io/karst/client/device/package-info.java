/** A device as a whole: its registration, its keys, its inbox, its stream. */
@NullMarked
package io.karst.client.device;

import org.jspecify.annotations.NullMarked;
