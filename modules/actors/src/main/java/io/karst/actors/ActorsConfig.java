package io.karst.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * The configuration of an actor system that runs Karst.
 *
 * <p>The module's settings are in {@code karst-actors.conf} and not in a {@code reference.conf}:
 * files of that name are merged in the order of the class path, so that it would depend on the
 * order of jars whether Pekko's defaults or ours win.
 */
public final class ActorsConfig {

  /**
   * The name of every node's actor system. It is part of the nodes' addresses, seed nodes included.
   */
  public static final String SYSTEM_NAME = "karst";

  private ActorsConfig() {}

  /**
   * {@code overrides}, over this module's settings, over the libraries' defaults. System properties
   * win over all.
   */
  public static Config load(Config overrides) {
    return ConfigFactory.load(
        overrides.withFallback(ConfigFactory.parseResourcesAnySyntax("karst-actors")));
  }
}
