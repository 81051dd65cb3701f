/** Tests of the command line as a user sees it: what it prints and how it ends. */
@NullMarked
package io.karst.cli;

import org.jspecify.annotations.NullMarked;
