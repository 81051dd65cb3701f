/** Ways of writing, measured in turn, and what is said of them. */
@NullMarked
package io.karst.bench.measure;

import org.jspecify.annotations.NullMarked;
