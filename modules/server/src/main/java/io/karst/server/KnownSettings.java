package io.karst.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.karst.actors.ActorsConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which settings there are, so that a misspelt one is refused and not ignored.
 *
 * <p>What belongs to Pekko and to Cassandra's driver is theirs to judge: both take names that their
 * defaults do not list.
 */
final class KnownSettings {

  private static final Set<String> ROOTS = Set.of("karst", "pekko", "datastax-java-driver");
  private static final String OURS = "karst.";

  /** What has no default because every deployment must say it. */
  private static final Set<String> DEMANDED = Set.of("karst.server.secret-file");

  /** Whatever Pekko lets one say of a dispatcher. */
  private static final String DISPATCHER = "karst.actors.dispatcher.";

  private final Config defaults;

  KnownSettings(Config serverDefaults) {
    this.defaults = serverDefaults.withFallback(ActorsConfig.load(ConfigFactory.empty()));
  }

  /** The first setting of a file that nobody reads: where it stands, and its name. */
  Optional<String> firstUnknown(Config file) {
    return file.entrySet().stream()
        .filter(entry -> !isKnown(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(KnownSettings::place)
        .findFirst();
  }

  private boolean isKnown(String path) {
    int end = path.indexOf('.');
    if (!ROOTS.contains(end < 0 ? path : path.substring(0, end))) {
      return false;
    }
    return !path.startsWith(OURS)
        || path.startsWith(DISPATCHER)
        || DEMANDED.contains(path)
        || defaults.hasPathOrNull(path);
  }

  private static String place(Map.Entry<String, ConfigValue> entry) {
    return entry.getValue().origin().lineNumber() + ": unknown setting " + entry.getKey();
  }
}
