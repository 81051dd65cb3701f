/** {@code AccessService}: who can read what, and why a device cannot. */
@NullMarked
package io.karst.edge.access;

import org.jspecify.annotations.NullMarked;
