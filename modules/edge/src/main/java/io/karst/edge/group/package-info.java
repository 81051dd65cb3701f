/** {@code GroupService}: creating groups, commits, and catching up on epochs. */
@NullMarked
package io.karst.edge.group;

import org.jspecify.annotations.NullMarked;
