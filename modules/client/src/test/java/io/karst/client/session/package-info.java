/** What the SDK decides, tested without any I/O. */
@NullMarked
package io.karst.client.session;

import org.jspecify.annotations.NullMarked;
