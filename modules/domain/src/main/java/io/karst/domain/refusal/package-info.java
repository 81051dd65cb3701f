/** Why something was refused: the one closed list of reasons. */
@NullMarked
package io.karst.domain.refusal;

import org.jspecify.annotations.NullMarked;
