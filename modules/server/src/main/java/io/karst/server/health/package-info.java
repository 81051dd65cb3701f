/** What load balancers are told of this server. */
@NullMarked
package io.karst.server.health;

import org.jspecify.annotations.NullMarked;
