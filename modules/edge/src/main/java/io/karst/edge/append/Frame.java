package io.karst.edge.append;

import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.GroupId;

/** A frame that is fit to be judged by its group. */
record Frame(GroupId group, Submission submission) {}
