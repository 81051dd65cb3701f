package io.karst.bench.server;

import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is measured.
 *
 * @param authorities who signed the server's certificate, PEM; empty where the connection is plain
 *     text
 * @param enrolmentToken lets the tool's devices register
 * @param cassandra where the raw driver writes
 * @param datacenter that the driver must name
 */
public record Target(
    Endpoint server,
    Optional<Path> authorities,
    String enrolmentToken,
    Endpoint cassandra,
    String datacenter) {

  /** Refuses what is not on this machine: load is a way to break other people's servers. */
  public Target requireLoopback() throws LoadFailure {
    for (Endpoint endpoint : new Endpoint[] {server, cassandra}) {
      if (!endpoint.isLoopback()) {
        throw new LoadFailure(
            Kind.USAGE, endpoint + " is not this machine: say --allow-remote if that is meant");
      }
    }
    return this;
  }
}
