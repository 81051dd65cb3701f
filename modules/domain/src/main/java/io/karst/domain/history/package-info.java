/** Who may read what was said before: shared keys of past epochs, and what a group remembers. */
@NullMarked
package io.karst.domain.history;

import org.jspecify.annotations.NullMarked;
