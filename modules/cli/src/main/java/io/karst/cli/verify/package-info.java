/** Verifying members in person: by emoji on two screens, or by a code. */
@NullMarked
package io.karst.cli.verify;

import org.jspecify.annotations.NullMarked;
