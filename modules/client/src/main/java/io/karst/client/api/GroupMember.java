package io.karst.client.api;

import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;

/** A member of a group and what it may do there. */
public record GroupMember(MemberId id, Role role) {}
