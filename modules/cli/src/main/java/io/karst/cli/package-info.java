/** The command-line client: the tree of commands, its options, and what its exit codes mean. */
@NullMarked
package io.karst.cli;

import org.jspecify.annotations.NullMarked;
