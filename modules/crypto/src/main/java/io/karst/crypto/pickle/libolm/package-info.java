/** Pickles of libolm, byte for byte, for moving in and out. */
@NullMarked
package io.karst.crypto.pickle.libolm;

import org.jspecify.annotations.NullMarked;
