/**
 * Random commands, models that are obviously right, and made-up keys: for the tests of every
 * module.
 */
@NullMarked
package io.karst.domain.walk;

import org.jspecify.annotations.NullMarked;
