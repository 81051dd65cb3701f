package io.karst.client.history;

import io.karst.client.epoch.Committer;
import io.karst.client.epoch.KeyClaims;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.EpochRow;
import io.karst.client.transport.Failures;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.EntryWire;
import io.karst.client.wire.WireBytes;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.history.History;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.KeyRequestItem;
import io.karst.wire.v1.KeyRequestTarget;
import io.karst.wire.v1.RequestKeysRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other devices for keys of past epochs, and answers those who ask. Used on the device's
 * thread.
 *
 * <p>A question carries an Olm message in a new session: it proves who asks, and the answer is
 * sealed in it, whatever has become of older sessions.
 */
final class KeyRequests {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRequests.class);

  /** Devices that are asked at a time. */
  static final int TARGETS = 2;

  /** After so many rounds without an answer nobody has the keys, or wants to give them. */
  static final int ROUNDS_MAX = 5;

  /** Until others are asked; doubled each round. */
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(4);

  private final DeviceContext context;
  private final Committer committer;
  private final Granter granter;
  private final KeyClaims claims;

  KeyRequests(DeviceContext context, Committer committer, Granter granter) {
    this.context = context;
    this.committer = committer;
    this.granter = granter;
    this.claims = new KeyClaims(context);
  }

  /** Completes when the first devices were asked. */
  CompletableFuture<Void> ask(GroupId group, Granter.Span span) {
    return round(group, span, new HashSet<>(), 0);
  }

  private CompletableFuture<Void> round(
      GroupId group, Granter.Span span, Set<DeviceAddress> asked, int round) {
    List<RosterEntry> targets =
        context.memory().transaction(memory -> targets(memory, group, asked));
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    targets.forEach(target -> asked.add(target.address()));
    context
        .loop()
        .schedule(ANSWER_WAIT.multipliedBy(1L << round), () -> goOn(group, span, asked, round + 1));
    return claims
        .openAnew(targets)
        .thenComposeAsync(ready -> send(group, span, targets), context.loop());
  }

  private void goOn(GroupId group, Granter.Span span, Set<DeviceAddress> asked, int round) {
    boolean answered = context
        .memory()
        .transaction(memory -> LongStream.rangeClosed(span.from(), span.until())
            .anyMatch(epoch -> memory.tables().shared().any(group, epoch)));
    if (answered || round == ROUNDS_MAX) {
      return;
    }
    var unused = round(group, span, asked, round).whenComplete((done, failure) -> {
      if (failure != null) {
        LOG.debug("others could not be asked for keys: {}", Failures.of(failure).getMessage());
      }
    });
  }

  /** Some that were not asked, drawn at random, so that not all ask the same. */
  private List<RosterEntry> targets(Unsealed memory, GroupId group, Set<DeviceAddress> asked) {
    List<RosterEntry> left = new ArrayList<>(memory.tables().epochs().newest(group).stream()
        .flatMap(row -> row.manifest().manifest().roster().stream())
        .filter(entry -> !entry.address().equals(context.self()))
        .filter(entry -> !asked.contains(entry.address()))
        .toList());
    List<RosterEntry> drawn = new ArrayList<>();
    while (!left.isEmpty() && drawn.size() < TARGETS) {
      int dice = ByteBuffer.wrap(context.random().next(Integer.BYTES)).getInt();
      drawn.add(left.remove(Math.floorMod(dice, left.size())));
    }
    return drawn;
  }

  private CompletableFuture<Void> send(
      GroupId group, Granter.Span span, List<RosterEntry> targets) {
    RequestKeysRequest request = context.memory().transaction(memory -> {
      RequestKeysRequest.Builder building = RequestKeysRequest.newBuilder()
          .setGroupId(group.value())
          .setFromEpoch(span.from())
          .setToEpoch(span.until());
      targets.forEach(target -> building.addTargets(target(memory, group, span, target)));
      return building.build();
    });
    return context
        .calls()
        .call(GroupServiceGrpc.getRequestKeysMethod(), request)
        .thenApply(response -> null);
  }

  private static KeyRequestTarget target(
      Unsealed memory, GroupId group, Granter.Span span, RosterEntry target) {
    Bytes peerKey = target.identity().curve25519Key();
    OlmPeer peer = memory.peer(peerKey);
    try {
      OlmMessage sealed = peer.seal(question(group, span));
      memory.savePeer(peerKey, peer);
      return KeyRequestTarget.newBuilder()
          .setMemberId(target.member().value())
          .setDeviceId(target.identity().device().value())
          .setOlmType(sealed.type())
          .setOlmMessage(WireBytes.bytes(Bytes.copyOf(sealed.bytes())))
          .build();
    } catch (CryptoException e) {
      throw new IllegalStateException("a session that is stored cannot seal", e);
    }
  }

  private static byte[] question(GroupId group, Granter.Span span) {
    String text = "karst/v1 key-request " + group.value() + " " + span.from() + " " + span.until();
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Gives what was asked for, if the question is who it says and may have the answer. */
  CompletableFuture<Void> answer(KeyRequestItem item) {
    GroupId group = EntryWire.group(item.getGroupId());
    DeviceAddress by = DeviceWire.address(item.getByMemberId(), item.getByDeviceId());
    var span = new Granter.Span(item.getFromEpoch(), item.getToEpoch());
    boolean genuine =
        context.memory().transaction(memory -> isGenuine(memory, group, by, span, item));
    if (!genuine) {
      LOG.warn("a request for keys of group {} does not come from {}", group, by);
      return CompletableFuture.completedFuture(null);
    }
    boolean wasThere = context.memory().transaction(memory -> wasThere(memory, group, by, span));
    return wasThere
        ? granter.give(group, by, span)
        : committer
            .view(group)
            .thenComposeAsync(
                view -> view.policy().history() == History.WHOLE
                    ? granter.give(group, by, span)
                    : CompletableFuture.completedFuture(null),
                context.loop());
  }

  private static boolean isGenuine(
      Unsealed memory, GroupId group, DeviceAddress by, Granter.Span span, KeyRequestItem item) {
    Optional<RosterEntry> asker = Rosters.newest(memory, group, by);
    if (asker.isEmpty()) {
      return false;
    }
    Bytes peerKey = asker.get().identity().curve25519Key();
    OlmPeer peer = memory.peer(peerKey);
    try {
      byte[] text = peer.open(
          memory.account(),
          OlmMessage.parse(item.getOlmType(), item.getOlmMessage().toByteArray()));
      memory.savePeer(peerKey, peer);
      memory.saveAccount();
      return Arrays.equals(text, question(group, span));
    } catch (CryptoException e) {
      LOG.debug("a request for keys does not open", e);
      return false;
    }
  }

  private static boolean wasThere(
      Unsealed memory, GroupId group, DeviceAddress device, Granter.Span span) {
    long newest = memory.tables().epochs().newest(group).map(EpochRow::number).orElse(0L);
    return span.until() <= newest
        && LongStream.rangeClosed(span.from(), span.until())
            .allMatch(epoch -> memory
                .tables()
                .epochs()
                .find(group, epoch)
                .filter(row -> row.manifest().manifest().entry(device).isPresent())
                .isPresent());
  }
}
