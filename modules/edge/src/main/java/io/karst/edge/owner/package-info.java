/** The logs that members' own devices share: opened and kept in step with their device lists. */
@NullMarked
package io.karst.edge.owner;

import org.jspecify.annotations.NullMarked;
