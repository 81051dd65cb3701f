package io.karst.actors.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether Cassandra has the tables that the journal and the snapshots use. */
public final class StoreCheck {

  private StoreCheck() {}

  /**
   * Looks for the tables of this configuration of the plugin ({@code pekko.persistence.cassandra}).
   *
   * @return what is missing, in words; empty if nothing is
   * @throws DriverException if Cassandra does not answer
   */
  public static List<String> missing(CqlSession session, Config plugin) {
    var missing = new ArrayList<String>();
    addMissing(session, plugin, "journal", List.of("table", "metadata-table"), missing);
    addMissing(session, plugin, "snapshot", List.of("table", "parts-table"), missing);
    return List.copyOf(missing);
  }

  private static void addMissing(
      CqlSession session, Config plugin, String part, List<String> names, List<String> missing) {
    Config config = plugin.getConfig(part);
    String keyspace = config.getString("keyspace");
    Set<String> tables = new HashSet<>();
    for (Row row : session.execute(
        "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace)) {
      tables.add(row.getString("table_name"));
    }
    names.stream()
        .map(config::getString)
        .filter(table -> !tables.contains(table))
        .forEach(table -> missing.add("table " + keyspace + "." + table));
  }
}
