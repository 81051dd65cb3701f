/** Commands about who can read what. */
@NullMarked
package io.karst.cli.access;

import org.jspecify.annotations.NullMarked;
