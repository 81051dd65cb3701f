/**
 * What a device decides, without any I/O: whom to trust, what to open, what to do with a refusal.
 */
@NullMarked
package io.karst.client.session;

import org.jspecify.annotations.NullMarked;
