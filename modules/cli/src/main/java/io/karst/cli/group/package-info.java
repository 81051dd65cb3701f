/** Commands that create groups, show them and change who is in them. */
@NullMarked
package io.karst.cli.group;

import org.jspecify.annotations.NullMarked;
