package io.karst.edge.call;

import com.google.protobuf.Message;

/**
 * The room for the items of one answer. Who asked asks again for those that found none.
 *
 * <p>Mutable, for one answer.
 */
public final class AnswerRoom {

  /** Bytes of whatever the answer tells beside its items. */
  static final int OTHER_BYTES = 1024;

  /** In front of each item: its field's tag, and its length. */
  private static final int ITEM_HEAD_BYTES = 5;

  private int left = MessageLimits.ANSWER_BYTES_MAX - OTHER_BYTES;
  private boolean empty = true;

  /** Takes one item more; false if it is the first that does not fit. A single one always does. */
  public boolean take(Message item) {
    left -= item.getSerializedSize() + ITEM_HEAD_BYTES;
    boolean taken = empty || left >= 0;
    empty = false;
    return taken;
  }
}
