/**
 * A play in which a server and four devices show what Karst promises, checking each promise on the
 * way.
 */
@NullMarked
package io.karst.cli.demo;

import org.jspecify.annotations.NullMarked;
