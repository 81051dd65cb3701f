package io.karst.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Settings that follow from where Cassandra is and from being the only node. */
final class Embedding {

  private Embedding() {}

  static Config overrides(InetSocketAddress contactPoint, String datacenter) {
    return ConfigFactory.parseMap(Map.of(
        "datastax-java-driver.basic.contact-points",
        List.of(contactPoint.getHostString() + ":" + contactPoint.getPort()),
        "datastax-java-driver.basic.load-balancing-policy.local-datacenter",
        datacenter,
        // The only node talks to itself: any free port will do.
        "pekko.remote.artery.canonical.port",
        0));
  }
}
