/** Events, records and snapshots to bytes and back. */
@NullMarked
package io.karst.journal.codec;

import org.jspecify.annotations.NullMarked;
