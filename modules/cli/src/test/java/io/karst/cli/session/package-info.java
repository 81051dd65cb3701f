/** Tests of the package of the same name. */
@NullMarked
package io.karst.cli.session;

import org.jspecify.annotations.NullMarked;
