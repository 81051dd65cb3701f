/**
 * How every call is received: parsed strictly, authenticated, answered once, failures turned into
 * reasons.
 */
@NullMarked
package io.karst.edge.call;

import org.jspecify.annotations.NullMarked;
