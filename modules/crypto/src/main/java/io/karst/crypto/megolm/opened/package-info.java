/** Which messages of a group session were opened, and which did not come. */
@NullMarked
package io.karst.crypto.megolm.opened;

import org.jspecify.annotations.NullMarked;
