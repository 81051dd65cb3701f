/**
 * How secret states are stored: an authenticated format of its own, and the parts all formats
 * share.
 */
@NullMarked
package io.karst.crypto.pickle;

import org.jspecify.annotations.NullMarked;
