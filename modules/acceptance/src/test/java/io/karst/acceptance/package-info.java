/** What Karst promises, shown on a running server with real clients and foreign ones. */
@NullMarked
package io.karst.acceptance;

import org.jspecify.annotations.NullMarked;
