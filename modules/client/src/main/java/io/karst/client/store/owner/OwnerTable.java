package io.karst.client.store.owner;

import io.karst.domain.bytes.Bytes;
import java.util.Optional;

/**
 * Messages to the member's own devices whose receipt has not come yet, and messages from them that
 * were opened, which happens once, and are not delivered yet.
 */
public interface OwnerTable {

  /** More waiting means that the server is away for long: the application should know. */
  int WAITING_MAX = 1_024;

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
