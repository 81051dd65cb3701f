package io.karst.domain.walk;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a roster and its sealed keys must be, written down plainly. */
final class RosterModel {

  private RosterModel() {}

  static void checkRoster(
      Manifest manifest,
      Map<MemberId, Role> after,
      Map<MemberId, DeviceList> registered,
      DeviceAddress by) {
    var expected = new ArrayList<String>();
    after.forEach((member, role) -> {
      DeviceList list = registered.get(member);
      if (list == null) {
        throw new GroupModel.Refusal(Reason.MEMBER_NOT_FOUND);
      }
      list.devices().forEach(d -> expected.add(DeviceNewsModel.line(member, list.version(), d)));
    });
    GroupModel.refuseUnless(expected.size() <= 1000, Reason.GROUP_FULL);
    List<String> said = manifest.roster().stream()
        .map(e -> DeviceNewsModel.line(e.member(), e.deviceListVersion(), e.identity()))
        .toList();
    GroupModel.refuseUnless(said.equals(expected), Reason.ROSTER_MISMATCH);
    GroupModel.refuseUnless(manifest.entry(by).isPresent(), Reason.DEVICE_NOT_IN_ROSTER);
  }

  static void checkSealed(Manifest manifest, List<SealedKey> sealedKeys) {
    List<DeviceAddress> sealed =
        sealedKeys.stream().map(SealedKey::device).sorted().toList();
    List<DeviceAddress> roster =
        manifest.roster().stream().map(RosterEntry::address).toList();
    GroupModel.refuseUnless(sealed.equals(roster), Reason.SEALED_KEYS_MISMATCH);
  }
}
