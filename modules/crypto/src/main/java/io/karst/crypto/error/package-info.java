/** What can go wrong with foreign bytes: typed exceptions, each with a stable code. */
@NullMarked
package io.karst.crypto.error;

import org.jspecify.annotations.NullMarked;
