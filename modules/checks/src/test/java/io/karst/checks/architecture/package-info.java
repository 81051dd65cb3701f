/** What may depend on what, and what nobody may call: rules over compiled classes. */
@NullMarked
package io.karst.checks.architecture;

import org.jspecify.annotations.NullMarked;
