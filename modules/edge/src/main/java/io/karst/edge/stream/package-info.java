/** What all streams share: the sending side of one, and the actors that own them. */
@NullMarked
package io.karst.edge.stream;

import org.jspecify.annotations.NullMarked;
