/** What rotations of a large group take, and what they cost others. */
@NullMarked
package io.karst.bench.rotation;

import org.jspecify.annotations.NullMarked;
