/** Rules that hold over all modules, as tests. */
@NullMarked
package io.karst.checks;

import org.jspecify.annotations.NullMarked;
