package io.karst.domain.sender;

import io.karst.domain.id.DeviceAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * {@link Senders} on their way to the next ones: copies each device that is touched, once.
 *
 * <p>Mutable: made, used and finished or dropped within one call, by one thread.
 */
public final class SendersDraft {

  private final Senders before;
  private final Map<DeviceAddress, SenderDraft> touched = new HashMap<>();

  SendersDraft(Senders before) {
    this.before = before;
  }

  public SenderDraft of(DeviceAddress device) {
    return touched.computeIfAbsent(device, d -> new SenderDraft(before.of(d).orElse(Sender.NEW)));
  }

  /** The senders with all changes, once the log has {@code size} entries. */
  public Senders finish(long size) {
    var changed = new HashMap<DeviceAddress, Sender>();
    touched.forEach((device, draft) -> changed.put(device, draft.finish()));
    return before.with(changed, size);
  }
}
