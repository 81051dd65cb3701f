package io.karst.actors.member;

import io.karst.actors.entity.EntitySettings;
import java.time.InstantSource;

/**
 * What every member's entity works with.
 *
 * @param members by which an entity reaches itself as the cluster sees it
 * @param groups by which it tells its groups of its devices
 */
public record MemberNeeds(
    Members members, GroupTeller groups, InstantSource clock, EntitySettings settings) {}
