package io.karst.cli.verify;

import io.karst.cli.output.Output;
import io.karst.cli.output.Table;
import io.karst.cli.session.UserText;
import io.karst.client.api.verification.Trust;
import io.karst.client.api.verification.Trust.VerifiedDevice;
import java.util.List;

/** Who was verified, as a table or as JSON, a device a line. */
record TrustList(List<Trust> all) {

  void print(Output output) {
    if (output.json()) {
      all.forEach(trust -> trust.devices().forEach(device -> print(output, trust, device)));
      return;
    }
    var table = new Table("MEMBER", "NOW", "DEVICE", "KEY", "COMPARED", "AT");
    for (Trust trust : all) {
      for (VerifiedDevice device : trust.devices()) {
        table.add(
            trust.member().value(),
            UserText.of(trust.standing()),
            device.device().device().value(),
            device.ed25519Key().toHex(),
            UserText.of(device.way()),
            device.at().toString());
      }
    }
    table.print(output.out());
  }

  private static void print(Output output, Trust trust, VerifiedDevice device) {
    output.out().println(output.jsonLine(json -> {
      json.addProperty("member", trust.member().value());
      json.addProperty("standing", trust.standing().name());
      json.addProperty("device", device.device().device().value());
      json.addProperty("ed25519Key", device.ed25519Key().toHex());
      json.addProperty("version", device.version());
      json.addProperty("way", device.way().name());
      json.addProperty("at", device.at().toString());
    }));
  }
}
