package io.karst.server;

import com.typesafe.config.Config;
import io.karst.edge.auth.EnrolmentTokens;
import io.karst.edge.auth.ServerSecret;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Everything that a server needs to know to start.
 *
 * @param settings overrides of the actors' settings
 * @param installSchema where to create keyspace and tables first; empty for a cluster that somebody
 *     else looks after
 */
record ServerOptions(
    ServerPort port,
    ServerSecret secret,
    EnrolmentTokens enrolment,
    Config settings,
    Optional<SchemaTarget> installSchema) {

  /** A Cassandra that is ours to set up. */
  record SchemaTarget(InetSocketAddress contactPoint, String datacenter) {}
}
