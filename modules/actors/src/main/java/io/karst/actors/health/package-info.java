/** Whether this node can do its work, judged all the time. */
@NullMarked
package io.karst.actors.health;

import org.jspecify.annotations.NullMarked;
