/** Reading groups' logs from the journal, without waking the groups. */
@NullMarked
package io.karst.actors.journal;

import org.jspecify.annotations.NullMarked;
