/** Identifiers, valid by construction. */
@NullMarked
package io.karst.domain.id;

import org.jspecify.annotations.NullMarked;
