/** The recovery ladder in virtual time. */
@NullMarked
package io.karst.client.recovery;

import org.jspecify.annotations.NullMarked;
