/** Messages that one member's own devices share: what may be said, and by whom. */
@NullMarked
package io.karst.domain.owner;

import org.jspecify.annotations.NullMarked;
