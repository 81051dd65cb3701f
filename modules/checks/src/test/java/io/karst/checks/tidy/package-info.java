/** Sizes, words and layout: rules over source files. */
@NullMarked
package io.karst.checks.tidy;

import org.jspecify.annotations.NullMarked;
