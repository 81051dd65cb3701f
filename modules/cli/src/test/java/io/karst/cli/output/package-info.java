/** Tests of the package of the same name. */
@NullMarked
package io.karst.cli.output;

import org.jspecify.annotations.NullMarked;
