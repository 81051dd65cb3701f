package io.karst.client.device;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.KeySupply;
import io.karst.client.store.AccountRow;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Lane;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.UploadKeysRequest;
import io.karst.wire.v1.UploadKeysResponse;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps enough one-time keys and a young fallback key on the server.
 *
 * <p>Keys are stored before they are offered, and offered again until the server has confirmed
 * them. Used on the device's thread.
 */
final class KeyKeeper {

  private final DeviceContext context;
  private final Lane lane;

  KeyKeeper(DeviceContext context) {
    this.context = context;
    this.lane = new Lane(context.loop());
  }

  /** Asks how many the server holds, and sees to it that they are enough. */
  CompletableFuture<Void> check() {
    return lane.run(this::upload);
  }

  /** Offers what the server has not confirmed; that may be nothing, and then asks only. */
  private CompletableFuture<Void> upload() {
    UploadKeysRequest request = context.memory().transaction(OwnKeys::upload);
    return context
        .calls()
        .<UploadKeysResponse>retried(
            Retries.untilDone(),
            failed -> context.calls().once(DeviceServiceGrpc.getUploadKeysMethod(), request))
        .thenComposeAsync(response -> confirm(response.getOneTimeKeyCount()), context.loop());
  }

  private CompletableFuture<Void> confirm(int onServer) {
    boolean more = context.memory().transaction(memory -> draw(memory, onServer));
    return more ? upload() : CompletableFuture.completedFuture(null);
  }

  /** Answers whether there is something new to offer. */
  private boolean draw(Unsealed memory, int onServer) {
    memory.account().markKeysAsPublished();
    int count = KeySupply.toDraw(onServer, memory.account().oneTimeKeys().size());
    var unused = memory.account().generateOneTimeKeys(count);
    AccountRow row = memory.accountRow();
    boolean renew =
        KeySupply.isFallbackSpent(onServer, row.fallbackSince(), context.clock().instant());
    if (renew) {
      var unusedPrevious = memory.account().generateFallbackKey();
      memory.tables().account().save(row.withFallbackSince(context.clock().instant()));
    }
    memory.saveAccount();
    return count > 0 || renew;
  }
}
