/** Tests of calls and their repetition. */
@NullMarked
package io.karst.client.transport;

import org.jspecify.annotations.NullMarked;
