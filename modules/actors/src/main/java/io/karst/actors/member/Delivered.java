package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.id.MemberId;

/**
 * A member's inboxes hold an epoch's keys, now or since an earlier telling, or there is nobody to
 * hold them.
 */
public record Delivered(MemberId member, long epoch) implements NodeMessage {}
