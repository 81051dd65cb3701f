package io.karst.client.device;

import io.karst.client.api.LocalMistake;
import io.karst.client.memory.DeviceMemory;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.KeySupply;
import io.karst.client.store.AccountRow;
import io.karst.client.transport.ServerCalls;
import io.karst.client.wire.DeviceWire;
import io.karst.client.work.DeviceLoop;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.RegisterDeviceRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a member's first device.
 *
 * <p>The keys are stored before the server sees their public halves, so that a lost answer or a
 * crash costs nothing: the same keys are offered again.
 */
public final class Registration {

  private final DeviceMemory memory;
  private final DeviceLoop loop;
  private final ServerCalls calls;
  private final InstantSource clock;
  private final RandomBytes random;

  public Registration(
      DeviceMemory memory,
      DeviceLoop loop,
      ServerCalls calls,
      InstantSource clock,
      RandomBytes random) {
    this.memory = memory;
    this.loop = loop;
    this.calls = calls;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Registers. Fails with {@code STORE_EXISTS} when another device, or one that is registered,
   * lives in the store.
   */
  public CompletableFuture<Void> register(DeviceAddress self, String enrolmentToken) {
    return loop.submit(() -> memory.transaction(store -> prepare(store, self)))
        .thenComposeAsync(
            request -> calls
                .anonymous()
                .call(
                    DeviceServiceGrpc.getRegisterDeviceMethod(),
                    request.setEnrolmentToken(enrolmentToken).build()),
            loop)
        .thenAcceptAsync(
            response -> {
              var unused = memory.transaction(store -> confirm(store, self));
            },
            loop);
  }

  private RegisterDeviceRequest.Builder prepare(Unsealed store, DeviceAddress self) {
    Optional<AccountRow> known = store.tables().account().find();
    known.filter(row -> row.registered() || !row.address().equals(self)).ifPresent(row -> {
      throw new LocalMistake(
          LocalMistake.Kind.STORE_EXISTS, "a device lives in this store: " + row.address());
    });
    if (known.isEmpty()) {
      add(store, self);
    }
    Account account = store.account();
    RegisterDeviceRequest.Builder request = RegisterDeviceRequest.newBuilder()
        .setDeviceList(DeviceWire.deviceList(OwnKeys.firstList(self, account)))
        .addAllOneTimeKeys(OwnKeys.unpublished(self, account).stream()
            .map(DeviceWire::signedKey)
            .toList());
    OwnKeys.unpublishedFallback(self, account)
        .forEach(key -> request.setFallbackKey(DeviceWire.signedKey(key)));
    return request;
  }

  private void add(Unsealed store, DeviceAddress self) {
    Account account = Account.create(random);
    var unusedKeys = account.generateOneTimeKeys(KeySupply.SERVER_MAX);
    var unusedPrevious = account.generateFallbackKey();
    store.addAccount(new AccountRow(self, false, Bytes.EMPTY, clock.instant()), account);
  }

  private static boolean confirm(Unsealed store, DeviceAddress self) {
    Account account = store.account();
    account.markKeysAsPublished();
    store.tables().account().save(store.accountRow().withRegistered());
    store.saveAccount();
    DeviceList own = OwnKeys.firstList(self, account);
    if (store.tables().pins().of(self.member()).isEmpty()) {
      store.tables().pins().pin(own);
    }
    return true;
  }
}
