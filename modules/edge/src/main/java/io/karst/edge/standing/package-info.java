/** Whether the devices that talk to this node are still their members' devices. */
@NullMarked
package io.karst.edge.standing;

import org.jspecify.annotations.NullMarked;
