package io.karst.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.karst.actors.entity.EntitySettings;
import io.karst.actors.feed.FeedSettings;
import io.karst.actors.group.GroupSettings;
import io.karst.actors.health.HealthSettings;

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

  private static final String ROOT = "karst.actors";

  private ActorsConfig() {}

  /**
   * {@code overrides}, over this module's settings, over the libraries' defaults. System properties
   * win over all.
   *
   * @throws ConfigException if a setting of this module cannot be read: now, and not when actors
   *     are half started
   */
  public static Config load(Config overrides) {
    Config settings = ConfigFactory.load(
        overrides.withFallback(ConfigFactory.parseResourcesAnySyntax("karst-actors")));
    check(settings.getConfig(ROOT));
    return settings;
  }

  private static void check(Config ours) {
    try {
      ours.getDuration("start-timeout");
      ours.getDuration("ask-timeout");
      ours.getInt("reading.parallelism");
      ours.getInt("reading.queue-max");
      EntitySettings.from(ours, "member");
      GroupSettings.from(ours);
      FeedSettings.from(ours.getConfig("feed"));
      HealthSettings.from(ours.getConfig("health"));
    } catch (IllegalArgumentException e) {
      throw new ConfigException.BadValue(ROOT, String.valueOf(e.getMessage()), e);
    }
  }
}
