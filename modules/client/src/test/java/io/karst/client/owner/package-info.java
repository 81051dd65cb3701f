/** Tests of what own devices say to each other. */
@NullMarked
package io.karst.client.owner;

import org.jspecify.annotations.NullMarked;
