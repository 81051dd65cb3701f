/** What a group remembers of each device that speaks in it. */
@NullMarked
package io.karst.domain.sender;

import org.jspecify.annotations.NullMarked;
