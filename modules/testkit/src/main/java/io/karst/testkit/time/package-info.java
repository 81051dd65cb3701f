/** Time that tests let pass, and threads that live in it. */
@NullMarked
package io.karst.testkit.time;

import org.jspecify.annotations.NullMarked;
