package io.karst.actors.group;

import io.karst.actors.group.GroupMessage.Append;
import io.karst.domain.group.Envelope;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.refusal.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The frames of one group that wait to be written together, and those whose write is under way.
 *
 * <p>Mutable; owned by one entity and touched by its thread alone. Invariant: every frame that was
 * offered and not refused is either waiting or under way until it is answered, so that none is
 * forgotten.
 */
final class AppendBuffer {

  /**
   * Frames that may wait: some writes of the largest size. Whoever sends more hears of it at once.
   */
  static final int FRAMES_MAX = 1024;

  /**
   * Bytes of ciphertext that may wait: bounds what a group costs in memory while Cassandra is slow.
   */
  static final long BYTES_MAX = 8L << 20;

  /**
   * Envelopes of one write. Above this a row moves no more envelopes a second, and each waits
   * longer.
   */
  static final int WRITE_ENVELOPES_MAX = 256;

  /**
   * Bytes of ciphertext of one write, but for a single larger frame (512 KiB): far below
   * Cassandra's mutation limit.
   */
  static final long WRITE_BYTES_MAX = 256L << 10;

  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private List<Append> underWay = List.of();
  private boolean flushing;
  private boolean down;

  /** Takes a frame, or says why not. */
  Optional<Reason> offer(Append frame) {
    if (down) {
      return Optional.of(Reason.UNAVAILABLE);
    }
    long bytes = bytesOf(frame);
    if (waiting.size() >= FRAMES_MAX || waitingBytes + bytes > BYTES_MAX) {
      return Optional.of(Reason.OVERLOADED);
    }
    waiting.add(frame);
    waitingBytes += bytes;
    return Optional.empty();
  }

  /**
   * Whether a flush must be asked for: frames wait and none was. Asking is then up to the caller.
   */
  boolean claimFlush() {
    boolean needed = !flushing && !waiting.isEmpty();
    flushing = flushing || needed;
    return needed;
  }

  /** The frames to write next, oldest first; none if nothing waits. */
  List<Append> take() {
    flushing = false;
    var frames = new ArrayList<Append>();
    int envelopes = 0;
    long bytes = 0;
    while (!waiting.isEmpty()) {
      Append next = waiting.getFirst();
      envelopes += Math.max(1, next.submission().envelopes().size());
      bytes += bytesOf(next);
      if (!frames.isEmpty() && (envelopes > WRITE_ENVELOPES_MAX || bytes > WRITE_BYTES_MAX)) {
        break;
      }
      frames.add(waiting.removeFirst());
      waitingBytes -= bytesOf(next);
    }
    underWay = List.copyOf(frames);
    return underWay;
  }

  /** The frames taken last were answered. */
  void answered() {
    underWay = List.of();
  }

  /** Nothing can be written now: refuses every frame, and new ones until {@link #up}. */
  void down() {
    down = true;
    flushing = false;
    underWay.forEach(AppendBuffer::refuse);
    waiting.forEach(AppendBuffer::refuse);
    underWay = List.of();
    waiting.clear();
    waitingBytes = 0;
  }

  /** Writing is possible. */
  void up() {
    down = false;
  }

  boolean isDown() {
    return down;
  }

  private static void refuse(Append frame) {
    frame.replyTo().tell(new AppendReply.Refused(frame.frame(), Reason.UNAVAILABLE));
  }

  private static long bytesOf(Append frame) {
    long envelopes = frame.submission().envelopes().stream()
        .map(Envelope::ciphertext)
        .mapToLong(ciphertext -> ciphertext.length())
        .sum();
    return envelopes + frame.submission().owner().map(OwnerMessage::size).orElse(0);
  }
}
