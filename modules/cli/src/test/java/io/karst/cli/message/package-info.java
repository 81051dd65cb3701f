/** Tests of the package of the same name. */
@NullMarked
package io.karst.cli.message;

import org.jspecify.annotations.NullMarked;
