/**
 * What a group remembers of each device that speaks in it: open sessions, used indices, recent
 * receipts.
 */
@NullMarked
package io.karst.domain.sender;

import org.jspecify.annotations.NullMarked;
