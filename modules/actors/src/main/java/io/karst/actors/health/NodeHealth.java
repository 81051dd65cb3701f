package io.karst.actors.health;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Whether this node is a member of its cluster and its journal answers. Thread-safe. */
public final class NodeHealth {

  /** Is told at once what holds, and then of each change, by one thread at a time. */
  public interface Listener {

    /** Whether the node can do its work, from now on. */
    void changed(boolean serving);
  }

  private final ActorSystem<?> system;
  private final JournalProbe probe;
  private final HealthSettings settings;

  private NodeHealth(ActorSystem<?> system, JournalProbe probe, HealthSettings settings) {
    this.system = system;
    this.probe = probe;
    this.settings = settings;
  }

  /** For a node that has joined its cluster, over the session of its journal. */
  public static NodeHealth of(ActorSystem<?> system, CqlSession session) {
    Config config = system.settings().config();
    var settings = HealthSettings.from(config.getConfig("karst.actors.health"));
    var probe = new JournalProbe(
        session, config.getConfig("pekko.persistence.cassandra"), settings.timeout());
    return new NodeHealth(system, probe, settings);
  }

  /** Watches until the system ends; once per node. */
  public void watch(Listener listener) {
    system.systemActorOf(
        HealthMonitor.create(probe, settings, listener), "node-health", Props.empty());
  }
}
