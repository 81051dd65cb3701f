/** RFC 6962 hash trees that only grow. */
@NullMarked
package io.karst.proof.merkle;

import org.jspecify.annotations.NullMarked;
