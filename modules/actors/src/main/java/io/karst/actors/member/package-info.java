/** The member's entity: devices, their public keys, and a durable inbox for each. */
@NullMarked
package io.karst.actors.member;

import org.jspecify.annotations.NullMarked;
