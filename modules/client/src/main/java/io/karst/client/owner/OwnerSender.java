package io.karst.client.owner;

import com.google.protobuf.InvalidProtocolBufferException;
import io.karst.client.api.BadAnswer;
import io.karst.client.api.Content;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.ServerRefusal;
import io.karst.client.epoch.Directory;
import io.karst.client.epoch.EpochWatcher;
import io.karst.client.epoch.Heads;
import io.karst.client.store.owner.OwnerRow;
import io.karst.client.store.owner.OwnerTable;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Retries;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.Drain;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.OwnerMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Brings messages into the log of the member's own devices, one at a time.
 *
 * <p>What the server did not answer is sent again as it is; what it refused because the devices
 * have changed is sealed anew under the same client id. Used on the device's thread.
 */
final class OwnerSender {

  /** Random, so that no two messages of a device share one. */
  private static final int CLIENT_ID_LENGTH = 16;

  /** So many changes of the devices during one message: something else is wrong. */
  private static final int SEALINGS_MAX = 16;

  private final DeviceContext context;
  private final GroupId log;
  private final Directory directory;
  private final EpochWatcher watcher;
  private final OwnerSealing sealing;
  private final Drain drain;
  private final Map<Bytes, CompletableFuture<Receipt>> promised = new HashMap<>();
  private Optional<DeviceList> told = Optional.empty();
  private int sealings;

  OwnerSender(DeviceContext context, GroupId log, Directory directory, EpochWatcher watcher) {
    this.context = context;
    this.log = log;
    this.directory = directory;
    this.watcher = watcher;
    this.sealing = new OwnerSealing(context);
    this.drain = new Drain(context.loop(), this::next, this::fail);
  }

  /** Completes when the log holds the message. */
  CompletableFuture<Receipt> send(Content content) {
    byte[] encoded = OwnerText.encode(content);
    Bytes clientId = Bytes.copyOf(context.random().next(CLIENT_ID_LENGTH));
    context.memory().transaction(memory -> {
      OwnerTable owner = memory.tables().owner();
      if (owner.waiting() >= OwnerTable.WAITING_MAX) {
        throw new LocalMistake(
            LocalMistake.Kind.OUTBOX_FULL,
            OwnerTable.WAITING_MAX + " messages wait for the server already");
      }
      owner.add(clientId, memory.sealed(encoded));
      return true;
    });
    Arrays.fill(encoded, (byte) 0);
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    promised.put(clientId, receipt);
    resume();
    return receipt;
  }

  /** Sends a message that says nothing, for the sake of the sessions in which it is sealed. */
  void greet() {
    Bytes clientId = Bytes.copyOf(context.random().next(CLIENT_ID_LENGTH));
    context.memory().transaction(memory -> {
      OwnerTable owner = memory.tables().owner();
      if (owner.waiting() < OwnerTable.WAITING_MAX) {
        owner.add(clientId, memory.sealed(OwnerText.GREETING.toArray()));
      }
      return true;
    });
    resume();
  }

  /** Goes on with what waits, also from an earlier run. */
  void resume() {
    drain.wake();
  }

  /** Answers whether there is more to do. */
  private CompletableFuture<Boolean> next() {
    Optional<OwnerRow> row =
        context.memory().transaction(memory -> memory.tables().owner().first());
    return row.isEmpty()
        ? CompletableFuture.completedFuture(false)
        : sealed(row.get())
            .thenComposeAsync(
                whole -> append(whole)
                    .thenComposeAsync(response -> apply(whole, response), context.loop()),
                context.loop());
  }

  private CompletableFuture<OwnerRow> sealed(OwnerRow row) {
    if (row.message().isPresent()) {
      return CompletableFuture.completedFuture(row);
    }
    CompletableFuture<DeviceList> devices = told.isPresent()
        ? CompletableFuture.completedFuture(told.get())
        : directory.newest(List.of(context.self().member())).thenApply(lists -> lists.get(0));
    return devices.thenComposeAsync(
        list -> {
          told = Optional.of(list);
          return sealing.seal(row, list);
        },
        context.loop());
  }

  private CompletableFuture<AppendResponse> append(OwnerRow row) {
    AppendRequest request = AppendRequest.newBuilder()
        .setGroupId(log.value())
        .setOwnerMessage(message(row))
        .build();
    return context
        .calls()
        .retried(
            Retries.untilDone(),
            failed -> context
                .calls()
                .once(GroupServiceGrpc.getAppendMethod(), request)
                .thenApply(OwnerSender::whole));
  }

  /** An answer that only says "later" is a failure in passing. */
  private static AppendResponse whole(AppendResponse response) {
    if (response.getOutcomesCount() != 1) {
      throw new BadAnswer("the server answered another number of outcomes");
    }
    refusal(response).filter(Retries::isPassing).ifPresent(refusal -> {
      throw refusal;
    });
    return response;
  }

  private static Optional<ServerRefusal> refusal(AppendResponse response) {
    AppendOutcome outcome = response.getOutcomes(0);
    return outcome.hasRefusal() ? Optional.of(Failures.of(outcome.getRefusal())) : Optional.empty();
  }

  private CompletableFuture<Boolean> apply(OwnerRow row, AppendResponse response) {
    Optional<ServerRefusal> refusal = refusal(response);
    boolean stale = refusal.filter(r -> r.reason() == Reason.DEVICE_LIST_STALE).isPresent();
    if (stale && response.hasCurrentDevices() && ++sealings <= SEALINGS_MAX) {
      return directory
          .take(DeviceWire.deviceList(response.getCurrentDevices()))
          .thenApplyAsync(list -> sealAnew(row, list), context.loop());
    }
    sealings = 0;
    if (refusal.isPresent()) {
      finish(row);
      told = Optional.empty();
      promise(row).ifPresent(receipt -> receipt.completeExceptionally(refusal.get()));
    } else {
      Receipt taken = EnvelopeWire.receipt(response.getOutcomes(0).getReceipt());
      finish(row);
      observe(response);
      promise(row).ifPresent(receipt -> receipt.complete(taken));
    }
    return CompletableFuture.completedFuture(true);
  }

  private boolean sealAnew(OwnerRow row, DeviceList list) {
    told = Optional.of(list);
    context.memory().transaction(memory -> {
      memory
          .tables()
          .owner()
          .save(new OwnerRow(row.position(), row.clientId(), row.content(), Optional.empty()));
      return true;
    });
    return true;
  }

  private void finish(OwnerRow row) {
    context.memory().transaction(memory -> {
      memory.tables().owner().remove(row.position());
      return true;
    });
  }

  private void observe(AppendResponse response) {
    context
        .memory()
        .transaction(memory ->
            Heads.observe(memory, log, EnvelopeWire.head(response.getHead()), context.self()))
        .ifPresent(watcher::warned);
  }

  private Optional<CompletableFuture<Receipt>> promise(OwnerRow row) {
    return Optional.ofNullable(promised.remove(row.clientId()));
  }

  private static OwnerMessage message(OwnerRow row) {
    try {
      return OwnerMessage.parseFrom(row.message().orElseThrow().toArray());
    } catch (InvalidProtocolBufferException e) {
      throw new LocalMistake(
          LocalMistake.Kind.STORE_UNREADABLE, "the store holds a message that is none", e);
    }
  }

  /**
   * The first message cannot be sent. Who waits is told; what waits stays for the next attempt,
   * unless the server will never take it.
   */
  private void fail(Throwable cause) {
    List<CompletableFuture<Receipt>> waiting = List.copyOf(promised.values());
    promised.clear();
    sealings = 0;
    told = Optional.empty();
    if (cause instanceof ServerRefusal refusal && !Retries.isPassing(refusal)) {
      context
          .memory()
          .transaction(memory -> memory.tables().owner().first())
          .ifPresent(this::finish);
    }
    waiting.forEach(receipt -> receipt.completeExceptionally(cause));
  }
}
