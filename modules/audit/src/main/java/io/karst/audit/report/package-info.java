/** Prints audits: as a table for people, as JSON lines for programs. */
@NullMarked
package io.karst.audit.report;

import org.jspecify.annotations.NullMarked;
