/** Commands for accounts and their devices. */
@NullMarked
package io.karst.cli.account;

import org.jspecify.annotations.NullMarked;
