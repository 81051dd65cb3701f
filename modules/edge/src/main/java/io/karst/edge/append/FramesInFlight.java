package io.karst.edge.append;

import io.karst.domain.id.GroupId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one stream that wait for their answer, numbered 0, 1, 2 … as they come in.
 *
 * <p>Written by the transport's thread as frames come in, read by the stream's actor as it answers
 * them. Invariant: at most {@value #FRAMES_MAX} frames are under way, since no more are requested
 * from the transport; so a frame's slot is its own.
 */
final class FramesInFlight {

  /**
   * Covers the round trip to a group that writes every few milliseconds; bounds what a stream holds
   * to 32 MiB.
   */
  static final int FRAMES_MAX = 64;

  private final AtomicLongArray frameIds = new AtomicLongArray(FRAMES_MAX);
  private final AtomicIntegerArray ticks = new AtomicIntegerArray(FRAMES_MAX);
  private final AtomicReferenceArray<@Nullable GroupId> groups =
      new AtomicReferenceArray<>(FRAMES_MAX);
  private final AtomicLong arrived = new AtomicLong();
  private volatile int now;

  /** Puts the next frame in, under the client's name for it; answers its number. */
  long add(long frameId) {
    long frame = arrived.get();
    frameIds.set(index(frame), frameId);
    ticks.set(index(frame), now);
    groups.set(index(frame), null);
    arrived.set(frame + 1);
    return frame;
  }

  /** The frame is on its way to this group. */
  void submitted(long frame, GroupId group) {
    groups.set(index(frame), group);
  }

  long frameId(long frame) {
    return frameIds.get(index(frame));
  }

  /** The group that is to answer the frame, if any was asked. */
  Optional<GroupId> group(long frame) {
    return Optional.ofNullable(groups.get(index(frame)));
  }

  /** How many frames have come in so far. */
  long arrived() {
    return arrived.get();
  }

  /** Time goes on by one tick. Only the stream's actor says so. */
  void tick() {
    int next = now + 1;
    now = next;
  }

  /** How many ticks ago the frame came in. */
  int age(long frame) {
    return now - ticks.get(index(frame));
  }

  private static int index(long frame) {
    return (int) (frame % FRAMES_MAX);
  }
}
