/** The double ratchet of an Olm session as pure steps from state to state; not for callers. */
@NullMarked
package io.karst.crypto.olm.ratchet;

import org.jspecify.annotations.NullMarked;
