/** The ratchets beside libolm and vodozemac, measured in turn. */
@NullMarked
package io.karst.ratchetbench;

import org.jspecify.annotations.NullMarked;
