/** Commands about the devices of one's own account, and about believing in others'. */
@NullMarked
package io.karst.cli.device;

import org.jspecify.annotations.NullMarked;
