/** What commands print: tables, times and texts for people, JSON lines for programs. */
@NullMarked
package io.karst.cli.output;

import org.jspecify.annotations.NullMarked;
