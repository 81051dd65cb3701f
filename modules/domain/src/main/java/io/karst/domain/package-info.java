/** The rules of groups and devices: pure, JDK only. */
@NullMarked
package io.karst.domain;

import org.jspecify.annotations.NullMarked;
