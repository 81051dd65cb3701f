package io.karst.client;

import io.karst.client.api.AuditClient;
import io.karst.client.api.Device;
import io.karst.client.api.PendingDevice;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.util.concurrent.CompletableFuture;

/**
 * The way into Karst: connects to a server and opens devices.
 *
 * <p>Thread-safe. Devices share its connection; closing it closes them.
 */
public interface KarstClient extends AutoCloseable {

  /**
   * Prepares a connection; it is made with the first call. Throws
   * {@link io.karst.client.api.LocalMistake} when plain text is asked for to an address that is not
   * loopback, or a certificate cannot be read.
   */
  static KarstClient connect(ClientOptions options) {
    return new ConnectedClient(options);
  }

  /**
   * Makes a new device: draws its keys, stores them, registers their public halves, opens it.
   *
   * <p>Repeating it after a failure takes up the keys that were stored.
   *
   * @param enrolmentToken from the deployment: a JWT
   */
  CompletableFuture<Device> register(
      StoreLocation store, MemberId member, DeviceId device, String enrolmentToken);

  /**
   * Makes a further device of a member, which one of its devices has to add: see
   * {@link Device#addDevice}. Needs no enrolment token.
   *
   * <p>Repeating it takes up the keys that were stored, and shows the same code. Throws
   * {@link io.karst.client.api.LocalMistake}.
   */
  PendingDevice link(StoreLocation store, MemberId member, DeviceId device);

  /**
   * Opens a device that was registered. Throws {@link io.karst.client.api.LocalMistake}. Needs no
   * connection.
   */
  Device open(StoreLocation store);

  /** Makes a new auditor's device. The enrolment token must carry the role {@code auditor}. */
  CompletableFuture<AuditClient> registerAuditor(
      StoreLocation store, MemberId member, DeviceId device, String enrolmentToken);

  /**
   * Opens an auditor's device that was registered. Throws {@link io.karst.client.api.LocalMistake}.
   */
  AuditClient openAuditor(StoreLocation store);

  /** Closes all devices and the connection. */
  @Override
  void close();
}
