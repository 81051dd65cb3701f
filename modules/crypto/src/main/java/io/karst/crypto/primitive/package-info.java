/**
 * Hashes, ciphers and encodings of the JDK, arranged so that secrets are wiped; not for callers.
 */
@NullMarked
package io.karst.crypto.primitive;

import org.jspecify.annotations.NullMarked;
