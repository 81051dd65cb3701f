/** The store with its secrets opened: rows become keys and sessions, and back. */
@NullMarked
package io.karst.client.memory;

import org.jspecify.annotations.NullMarked;
