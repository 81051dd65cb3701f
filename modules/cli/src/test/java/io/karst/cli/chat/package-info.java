/** Tests of the package of the same name. */
@NullMarked
package io.karst.cli.chat;

import org.jspecify.annotations.NullMarked;
