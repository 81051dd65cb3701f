/** Tests of the package of the same name. */
@NullMarked
package io.karst.cli.demo;

import org.jspecify.annotations.NullMarked;
