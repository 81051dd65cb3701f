package io.karst.client.device;

import io.karst.client.api.LinkCode;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.ServerRefusal;
import io.karst.client.epoch.Directory;
import io.karst.client.session.LinkProof;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Patience;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.WireBytes;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Lane;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceId;
import io.karst.domain.refusal.Reason;
import io.karst.proof.signature.DeviceKeys;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.statement.DeviceStatements;
import io.karst.wire.v1.ChangeDevicesRequest;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Changes this member's devices: signs the next version of their list. On the device's thread. */
final class OwnDevices {

  /** Two devices that change the list at once: the loser looks and tries again. */
  private static final Patience RACING = new Patience(
      OwnDevices::isStale, 8, Patience.between(Duration.ofMillis(20), Duration.ofMillis(400)));

  private final DeviceContext context;
  private final Directory directory;
  private final Lane lane;

  OwnDevices(DeviceContext context, Directory directory) {
    this.context = context;
    this.directory = directory;
    this.lane = new Lane(context.loop());
  }

  CompletableFuture<List<DeviceIdentity>> all() {
    return newest().thenApply(DeviceList::devices);
  }

  CompletableFuture<List<DeviceIdentity>> add(LinkCode code) {
    requireOwn(code);
    return changed(list -> {
      if (list.devices().contains(code.identity())) {
        return ChangeDevicesRequest.getDefaultInstance();
      }
      if (list.devices().size() == DeviceList.DEVICES_MAX) {
        throw new ServerRefusal(Reason.TOO_MANY_ITEMS);
      }
      var devices = new ArrayList<>(list.devices());
      devices.add(code.identity());
      DeviceList next = next(list, devices);
      return ChangeDevicesRequest.newBuilder()
          .setDeviceList(DeviceWire.deviceList(next))
          .setFallbackKey(DeviceWire.signedKey(code.fallbackKey()))
          .setLinkProof(WireBytes.bytes(LinkProof.of(code.secret(), code.device(), next)))
          .build();
    });
  }

  CompletableFuture<List<DeviceIdentity>> revoke(Collection<DeviceId> revoked) {
    return changed(list -> {
      List<DeviceIdentity> left = list.devices().stream()
          .filter(device -> !revoked.contains(device.device()))
          .toList();
      if (left.isEmpty()) {
        throw new LocalMistake(LocalMistake.Kind.LAST_DEVICE, "a member keeps one device at least");
      }
      return left.size() == list.devices().size()
          ? ChangeDevicesRequest.getDefaultInstance()
          : ChangeDevicesRequest.newBuilder()
              .setDeviceList(DeviceWire.deviceList(next(list, left)))
              .build();
    });
  }

  /** The keys are the new device's only if it has signed with them what the code holds. */
  private void requireOwn(LinkCode code) {
    boolean own = code.device().member().equals(context.self().member());
    boolean signed = new DeviceKeys(context.signatures())
        .oneTimeKey(code.device(), code.identity().ed25519Key(), code.fallbackKey())
        .valid();
    if (!own || !signed) {
      throw new LocalMistake(
          LocalMistake.Kind.LINK_CODE_INVALID,
          own
              ? "the keys in this link code do not fit"
              : "this link code is " + code.device() + "'s");
    }
  }

  /** One change at a time; an empty request changes nothing. */
  private CompletableFuture<List<DeviceIdentity>> changed(
      Function<DeviceList, ChangeDevicesRequest> change) {
    return lane.run(() -> context
        .calls()
        .retried(
            RACING,
            failed -> newest()
                .thenComposeAsync(list -> send(change.apply(list)), context.loop())
                .thenComposeAsync(sent -> all(), context.loop())));
  }

  private CompletableFuture<Boolean> send(ChangeDevicesRequest request) {
    return request.hasDeviceList()
        ? context
            .calls()
            .call(DeviceServiceGrpc.getChangeDevicesMethod(), request)
            .thenApply(response -> true)
        : CompletableFuture.completedFuture(false);
  }

  private CompletableFuture<DeviceList> newest() {
    return directory.newest(List.of(context.self().member())).thenApply(lists -> lists.get(0));
  }

  private DeviceList next(DeviceList list, List<DeviceIdentity> devices) {
    List<DeviceIdentity> ascending =
        devices.stream().sorted(Comparator.comparing(DeviceIdentity::device)).toList();
    Bytes previous = DeviceLists.hash(list);
    long version = list.version() + 1;
    var statement = DeviceStatements.deviceList(list.member(), version, previous, ascending);
    Bytes signature =
        context.memory().transaction(memory -> OwnKeys.sign(memory.account(), statement));
    return new DeviceList(
        list.member(), version, previous, ascending, context.self().device(), signature);
  }

  private static boolean isStale(Throwable failure) {
    return Failures.of(failure) instanceof ServerRefusal refusal
        && refusal.reason() == Reason.DEVICE_LIST_STALE;
  }
}
