/** Requests that come in parts: held within bounds until they are whole, then answered like one. */
@NullMarked
package io.karst.edge.upload;

import org.jspecify.annotations.NullMarked;
