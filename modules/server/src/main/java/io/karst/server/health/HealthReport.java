package io.karst.server.health;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;

/**
 * What {@code grpc.health.v1} answers, for the whole server and for each service by its name.
 * Thread-safe.
 */
public final class HealthReport {

  private final HealthStatusManager manager = new HealthStatusManager();
  private final OpenWatches watches = new OpenWatches();

  /** The service, to be put onto the server. */
  public ServerServiceDefinition service() {
    return ServerInterceptors.intercept(manager.getHealthService(), watches);
  }

  /** Says the same of the server and of all its services. */
  public void say(Server server, boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    server.getServices().stream()
        .map(service -> service.getServiceDescriptor().getName())
        .forEach(name -> manager.setStatus(name, status));
  }

  /** Says {@code NOT_SERVING} for good, and ends the streams that listen for changes. */
  public void drain() {
    manager.enterTerminalState();
    watches.end();
  }
}
