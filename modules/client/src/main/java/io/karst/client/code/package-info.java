/** The form of codes that one device shows and another reads. */
@NullMarked
package io.karst.client.code;

import org.jspecify.annotations.NullMarked;
