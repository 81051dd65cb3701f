package io.karst.client.device;

import io.karst.client.api.LinkCode;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.DeviceTrust;
import io.karst.client.session.KeySupply;
import io.karst.client.session.LinkProof;
import io.karst.client.store.AccountRow;
import io.karst.client.transport.Failures;
import io.karst.client.transport.Patience;
import io.karst.client.transport.Retries;
import io.karst.client.work.DeviceContext;
import io.karst.client.work.DeviceVersions;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.wire.v1.DeviceServiceGrpc;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The new device's side of linking: it makes its keys, shows them in a code, and waits until
 * another device of its member has signed them into the chain. On the device's thread.
 */
public final class Linking {

  /**
   * While nobody has added the device, the server does not know it: it asks about once a second.
   */
  private static final Patience WAITING = new Patience(
      Linking::isUnknownYet, -1, Patience.between(Duration.ofMillis(500), Duration.ofMillis(1500)));

  private final DeviceContext context;

  public Linking(DeviceContext context) {
    this.context = context;
  }

  /**
   * Draws keys for a device that is not registered, or takes up those drawn before. Throws
   * {@link LocalMistake} when another device lives in the store.
   */
  public static LinkCode prepare(
      Unsealed store, DeviceAddress self, RandomBytes random, Instant now) {
    Optional<AccountRow> known = store.tables().account().find();
    known.filter(row -> row.registered() || !row.address().equals(self)).ifPresent(row -> {
      throw new LocalMistake(
          LocalMistake.Kind.STORE_EXISTS, "a device lives in this store: " + row.address());
    });
    if (known.isEmpty()) {
      Account account = Account.create(random);
      var unusedKeys = account.generateOneTimeKeys(KeySupply.SERVER_MAX);
      var unusedPrevious = account.generateFallbackKey();
      store.addAccount(new AccountRow(self, false, Bytes.EMPTY, now), account);
    }
    Account account = store.account();
    return new LinkCode(
        self,
        OwnKeys.identity(self, account),
        OwnKeys.unpublishedFallback(self, account).get(0),
        LinkProof.secret(self, account, LinkCode.SECRET_LENGTH));
  }

  /** Completes once the device was added, the chain verified, and its member's devices pinned. */
  public CompletableFuture<Void> await(LinkCode code) {
    var versions = new DeviceVersions(
        context.loop(),
        request -> context.calls().once(DeviceServiceGrpc.getListDeviceVersionsMethod(), request));
    return context
        .calls()
        .retried(WAITING, failed -> versions.after(context.self().member(), 0))
        .thenAcceptAsync(
            chain -> {
              verify(code, chain);
              var unused = context.memory().transaction(store -> confirm(store, chain.lists()));
            },
            context.loop());
  }

  /**
   * The chain holds from its first version on, has this very device from some version on, and the
   * device that added it vouched for that version by the secret of the code.
   */
  private void verify(LinkCode code, DeviceVersions.Fetched chain) {
    var trust = new DeviceTrust(context.signatures());
    List<DeviceList> verified = new ArrayList<>();
    for (DeviceList list : chain.lists()) {
      boolean next =
          list.member().equals(code.device().member()) && list.version() == verified.size() + 1;
      Optional<Flaw> flaw = next ? trust.flaw(verified, list) : Optional.of(Flaw.CHAIN);
      flaw.ifPresent(found -> refuse(list.version(), found));
      verified.add(list);
    }
    DeviceList added = verified.stream()
        .filter(list -> list.device(code.device().device()).isPresent())
        .findFirst()
        .orElseThrow(() -> violation(verified.size(), Flaw.OWN_KEYS));
    DeviceList newest = verified.get(verified.size() - 1);
    if (!added.devices().contains(code.identity()) || !newest.devices().contains(code.identity())) {
      refuse(added.version(), Flaw.OWN_KEYS);
    }
    Bytes expected = LinkProof.of(code.secret(), code.device(), added);
    if (!MessageDigest.isEqual(expected.toArray(), chain.linkProof().toArray())) {
      refuse(added.version(), Flaw.LINK_PROOF);
    }
  }

  private void refuse(long version, Flaw flaw) {
    throw violation(version, flaw);
  }

  private SecurityViolation violation(long version, Flaw flaw) {
    return new SecurityViolation(
        new SecurityProblem.DeviceListRefused(context.self().member(), version, flaw));
  }

  private static boolean confirm(Unsealed store, List<DeviceList> chain) {
    AccountRow row = store.accountRow();
    store.tables().pins().forget(row.address().member());
    chain.forEach(list -> store.tables().pins().pin(list));
    store.tables().account().save(row.withRegistered());
    return true;
  }

  private static boolean isUnknownYet(Throwable failure) {
    return Retries.isPassing(failure)
        || (Failures.of(failure) instanceof ServerRefusal refusal
            && refusal.reason() == Reason.PROOF_INVALID);
  }
}
