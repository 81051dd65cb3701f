/**
 * Opens devices for commands: which profile, which server, which group is meant, and how long to
 * wait.
 */
@NullMarked
package io.karst.cli.session;

import org.jspecify.annotations.NullMarked;
