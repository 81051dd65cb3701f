package io.karst.edge.call;

import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import java.util.List;
import java.util.Map;

/** How large messages may be, in bytes. */
public final class MessageLimits {

  /**
   * The largest commit (1,000 devices with the longest ids) fits, also when its parts are put
   * together; a frame of envelopes is half of it.
   */
  public static final int REQUEST_BYTES_MAX = 1 << 20;

  /**
   * No answer, and no message of a stream, has more. All are below it by the bounds of what they
   * tell, but for those that {@link AnswerRoom} cuts.
   */
  public static final int ANSWER_BYTES_MAX = 1 << 20;

  /**
   * Where the transport cuts off without reading the message. Larger than
   * {@link #REQUEST_BYTES_MAX}, because the transport can answer with neither a reason nor without
   * a stack trace in the log: what lies between gets a proper answer.
   */
  public static final int TRANSPORT_BYTES_MAX = 4 << 20;

  private MessageLimits() {}

  /** The refusal of a request that is larger. */
  public static Refusal tooLarge() {
    return new Refusal(
        Reason.MESSAGE_TOO_LARGE, Map.of("limit", Integer.toString(REQUEST_BYTES_MAX)), List.of());
  }
}
