package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem;
import io.karst.domain.id.GroupId;

/** Is told what comes to light while epochs are installed. Called on the device's thread. */
public interface EpochWatcher {

  /** A group that the device did not know holds it now. */
  void joined(GroupId group);

  /** Something does not verify; it was not installed. */
  void warned(SecurityProblem problem);
}
