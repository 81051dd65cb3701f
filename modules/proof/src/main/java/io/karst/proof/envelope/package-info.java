/** Megolm messages as seen from outside: their form and their signature, never their content. */
@NullMarked
package io.karst.proof.envelope;

import org.jspecify.annotations.NullMarked;
