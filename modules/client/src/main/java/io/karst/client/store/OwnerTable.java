package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import java.util.Optional;

/**
 * Messages to the member's own devices whose receipt has not come yet, and messages from them that
 * were opened, which happens once, and are not delivered yet.
 */
public interface OwnerTable {

  /** As for groups. */
  int WAITING_MAX = OutboxTable.WAITING_MAX;

  int waiting();

  /** The message to send next. */
  Optional<OwnerRow> first();

  void add(Bytes clientId, Bytes content);

  /** Keeps what is sent, or forgets it so that it is sealed anew. */
  void save(OwnerRow row);

  void remove(long position);

  /** What a message said, encrypted for this store. */
  Optional<Bytes> heard(long offset);

  void hear(long offset, Bytes content);

  void forgetHeardBefore(long offset);
}
