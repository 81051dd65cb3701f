/** Tests of the package of the same name. */
@NullMarked
package io.karst.cli.profile;

import org.jspecify.annotations.NullMarked;
