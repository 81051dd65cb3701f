/** Every decoder of foreign bytes, fed with whatever a fuzzer finds. */
@NullMarked
package io.karst.crypto.fuzz;

import org.jspecify.annotations.NullMarked;
