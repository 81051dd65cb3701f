package io.karst.bench.group;

import io.grpc.ManagedChannel;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.server.Target;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.CommitPart;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CommitResponse;
import io.karst.wire.v1.CreateGroupPart;
import io.karst.wire.v1.CreateGroupResponse;
import io.karst.wire.v1.SealedKey;
import io.karst.wire.v1.SealedKeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A group of many members with one device each, all with real keys, of which one rotates. For one
 * thread.
 */
public final class LargeGroup implements AutoCloseable {

  /** The server's limit of a part. */
  private static final int PART_KEYS_MAX = 128;

  /** Of one upload, each as long as the server lets a call wait. */
  private static final int ATTEMPTS_MAX = 10;

  /** Of one rotation with its fan-out, on a slow machine. */
  private static final int ROTATION_SECONDS_MAX = 120;

  private final Device owner;
  private final EpochMaker epochs;
  private final KeysWatch watch;
  private long epoch = 1;
  private Bytes hash;

  private LargeGroup(Device owner, EpochMaker epochs, Bytes hash, KeysWatch watch) {
    this.owner = owner;
    this.epochs = epochs;
    this.hash = hash;
    this.watch = watch;
  }

  /**
   * How long one rotation took.
   *
   * @param committedNanos from the first part to the answer
   * @param deliveredNanos from the first part until every inbox had its key
   */
  public record Rotation(long committedNanos, long deliveredNanos) {}

  /** Registers so many members and creates their group. */
  public static LargeGroup create(Target target, int devices, SplittableRandom random)
      throws LoadFailure, InterruptedException {
    String name = "large-" + Long.toHexString(random.nextLong());
    List<DeviceKeys> roster = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      roster.add(DeviceKeys.generate(DeviceAddress.of(name + "-" + i, "bench")));
    }
    ManagedChannel channel = Fleet.channel(target);
    Device owner = Device.register(roster.get(0), channel, target.enrolmentToken());
    try {
      for (DeviceKeys keys : roster.subList(1, devices)) {
        Device.enrol(keys, channel, target.enrolmentToken());
      }
      return create(owner, new NewGroup(owner, roster, random));
    } catch (LoadFailure | RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  private static LargeGroup create(Device owner, NewGroup group)
      throws LoadFailure, InterruptedException {
    EpochMaker.Epoch first = group.epochs().first();
    List<SealedKeyPart> keys = parts(group.epochs().sealedKeys());
    var begin = CreateGroupPart.newBuilder().setCreate(group.request(first)).build();
    upload(() -> {
      var created = new Answer<CreateGroupResponse>("cannot create a large group");
      var call = owner.groups().createGroupStream(created);
      call.onNext(begin);
      keys.forEach(
          part -> call.onNext(CreateGroupPart.newBuilder().setSealedKeys(part).build()));
      call.onCompleted();
      return created.taken();
    });
    KeysWatch watch = KeysWatch.of(owner, group.epochs().group());
    await(watch.delivered(1));
    return new LargeGroup(owner, group.epochs(), first.hash(), watch);
  }

  public GroupId id() {
    return epochs.group();
  }

  /** Starts the next epoch and waits until all inboxes have its keys. */
  public Rotation rotate() throws LoadFailure, InterruptedException {
    EpochMaker.Epoch next = epochs.rotation(epoch + 1, hash);
    List<SealedKeyPart> keys = parts(epochs.sealedKeys());
    var begin = CommitPart.newBuilder()
        .setCommit(CommitRequest.newBuilder()
            .setGroupId(id().value())
            .setExpectedEpoch(epoch)
            .setManifest(next.wire()))
        .build();
    long begun = System.nanoTime();
    upload(() -> {
      var committed = new Answer<CommitResponse>("cannot rotate a large group");
      var call = owner.groups().commitStream(committed);
      call.onNext(begin);
      keys.forEach(
          part -> call.onNext(CommitPart.newBuilder().setSealedKeys(part).build()));
      call.onCompleted();
      return committed.taken();
    });
    long answered = System.nanoTime();
    epoch++;
    hash = next.hash();
    await(watch.delivered(epoch));
    return new Rotation(answered - begun, System.nanoTime() - begun);
  }

  @Override
  public void close() {
    owner.close();
  }

  /** One attempt at an upload. */
  private interface Attempt {
    CompletableFuture<Boolean> start() throws LoadFailure;
  }

  /** As a device does: a server that is late is asked again, and knows what it has taken. */
  private static void upload(Attempt attempt) throws LoadFailure, InterruptedException {
    for (int left = ATTEMPTS_MAX; left > 0; left--) {
      try {
        await(attempt.start());
        return;
      } catch (LoadFailure e) {
        if (e.kind() != Kind.UNREACHABLE || left == 1) {
          throw e;
        }
      }
    }
  }

  private static List<SealedKeyPart> parts(List<SealedKey> keys) {
    var parts = new ArrayList<SealedKeyPart>();
    for (int first = 0; first < keys.size(); first += PART_KEYS_MAX) {
      int end = Math.min(keys.size(), first + PART_KEYS_MAX);
      parts.add(
          SealedKeyPart.newBuilder().addAllSealedKeys(keys.subList(first, end)).build());
    }
    return parts;
  }

  private static void await(CompletableFuture<?> future) throws LoadFailure, InterruptedException {
    try {
      future.get(ROTATION_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new LoadFailure(
          Kind.UNREACHABLE, "no rotation is over within " + ROTATION_SECONDS_MAX + " s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LoadFailure failure
          ? failure
          : Answers.failure("cannot rotate a large group", e);
    }
  }
}
