/** How work is put on a device's thread. */
@NullMarked
package io.karst.client.work;

import org.jspecify.annotations.NullMarked;
