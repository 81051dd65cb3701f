/** Key types that cannot be printed, compared in variable time, or confused with each other. */
@NullMarked
package io.karst.crypto.key;

import org.jspecify.annotations.NullMarked;
