/** What tests of several modules share. */
@NullMarked
package io.karst.testkit;

import org.jspecify.annotations.NullMarked;
