package io.karst.cli.device;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.karst.cli.output.Output;
import io.karst.cli.output.Table;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import java.util.List;

/** An account's devices, as a table or as JSON. */
record DeviceList(DeviceAddress self, List<DeviceIdentity> devices) {

  void print(Output output) {
    if (output.json()) {
      output.out().println(output.jsonLine(this::fill));
      return;
    }
    var table = new Table("DEVICE", "KEY", "");
    devices.forEach(each -> table.add(
        each.device().value(),
        each.ed25519Key().toHex(),
        each.device().equals(self.device()) ? "this one" : ""));
    table.print(output.out());
  }

  private void fill(JsonObject json) {
    json.addProperty("member", self.member().value());
    var array = new JsonArray();
    for (DeviceIdentity each : devices) {
      var device = new JsonObject();
      device.addProperty("device", each.device().value());
      device.addProperty("ed25519Key", each.ed25519Key().toHex());
      device.addProperty("curve25519Key", each.curve25519Key().toHex());
      device.addProperty("self", each.device().equals(self.device()));
      array.add(device);
    }
    json.add("devices", array);
  }
}
