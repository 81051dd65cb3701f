/** Commands that send messages and show what happens in a group. */
@NullMarked
package io.karst.cli.message;

import org.jspecify.annotations.NullMarked;
