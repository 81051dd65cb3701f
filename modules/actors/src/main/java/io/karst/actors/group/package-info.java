/** The group's entity: the single writer of a group's log. */
@NullMarked
package io.karst.actors.group;

import org.jspecify.annotations.NullMarked;
