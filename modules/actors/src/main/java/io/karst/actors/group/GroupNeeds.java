package io.karst.actors.group;

import io.karst.actors.journal.GroupJournal;
import io.karst.actors.member.Members;
import java.time.InstantSource;

/**
 * What every group's entity works with.
 *
 * @param groups by which an entity reaches itself as the cluster sees it
 */
public record GroupNeeds(
    Groups groups,
    Members members,
    GroupJournal journal,
    InstantSource clock,
    GroupSettings settings) {}
