package io.karst.actors.member;

import io.karst.domain.device.DeviceList;
import io.karst.domain.id.GroupId;
import java.util.concurrent.CompletionStage;

/** Tells a group which devices a member has now. */
@FunctionalInterface
public interface GroupTeller {

  /** Whether the group has taken note, durably. Never fails; repeating it is harmless. */
  CompletionStage<Boolean> tell(GroupId group, DeviceList list);
}
