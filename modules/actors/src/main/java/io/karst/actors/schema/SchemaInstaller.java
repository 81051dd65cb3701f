package io.karst.actors.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Applies the shipped schema, {@code config/cassandra/schema.cql}, to the embedded node.
 *
 * <p>Applying it again is harmless. An external cluster gets it from its operator, who decides on
 * replication.
 */
public final class SchemaInstaller {

  /** The shipped file, on the class path. */
  static final String RESOURCE = "schema.cql";

  /** A table takes Cassandra a second or more on a busy machine; the driver's default is two. */
  private static final Duration STATEMENT_MAX = Duration.ofSeconds(60);

  private SchemaInstaller() {}

  /** Returns when every node agrees on the schema; throws the driver's exceptions. */
  public static void install(InetSocketAddress contactPoint, String datacenter, String keyspace) {
    if (!keyspace.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("a keyspace is lower-case letters, digits, underscores");
    }
    try (CqlSession session = connect(contactPoint, datacenter)) {
      statements(keyspace).forEach(session::execute);
      if (!session.checkSchemaAgreement()) {
        throw new IllegalStateException("Cassandra's nodes do not agree on the schema");
      }
    }
  }

  /** The statements of the shipped file, for another keyspace than the one that it names. */
  static List<String> statements(String keyspace) {
    String code = text()
        .lines()
        .filter(line -> !line.startsWith("--"))
        .map(line -> line.replaceAll("\\bkarst\\b", keyspace))
        .collect(Collectors.joining("\n"));
    return Arrays.stream(code.split(";", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static CqlSession connect(InetSocketAddress contactPoint, String datacenter) {
    DriverConfigLoader config = DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, STATEMENT_MAX)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, STATEMENT_MAX)
        .build();
    return CqlSession.builder()
        .addContactPoint(contactPoint)
        .withLocalDatacenter(datacenter)
        .withConfigLoader(config)
        .build();
  }

  private static String text() {
    try (InputStream in = SchemaInstaller.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
