package io.karst.edge.device;

import io.karst.actors.member.AccountReply;
import io.karst.domain.device.DeviceList;
import io.karst.edge.status.RefusedException;

/** The newest list of the member that answered; the refusal of one that has none is thrown. */
public record NewestDevices() implements AccountReply.Cases<DeviceList> {

  @Override
  public DeviceList known(AccountReply.Known known) {
    return known.devices();
  }

  @Override
  public DeviceList refused(AccountReply.Refused refused) {
    throw new RefusedException(refused.reason());
  }
}
