/** What can be checked without a secret: signatures, hash trees, checkpoints. */
@NullMarked
package io.karst.proof;

import org.jspecify.annotations.NullMarked;
