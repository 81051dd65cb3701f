package io.karst.client.channel;

import io.karst.client.api.Content;
import io.karst.client.api.LocalMistake;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.ContentForm;
import io.karst.client.store.GroupRow;
import io.karst.client.store.OutboxRow;
import io.karst.client.store.OutboxTable;
import io.karst.client.work.DeviceContext;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.GroupId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Messages on their way: first those that are not encrypted yet, in memory, then those that are, in
 * the store.
 *
 * <p>Invariant: an envelope is in the store, together with the session that moved on, before
 * anybody can send it. Used on the device's thread.
 */
final class Outbox {

  /** Random, so that no two messages of a device share one. */
  private static final int CLIENT_ID_LENGTH = 16;

  private final DeviceContext context;
  private final GroupId group;
  private final Deque<Unsaid> unsaid = new ArrayDeque<>();

  /** A message that is not encrypted yet. */
  private record Unsaid(ClientId clientId, Content content) {}

  /** What became of encrypting. */
  enum Encrypted {
    /** It is in the store. */
    DONE,
    /** This device cannot speak in the newest epoch: another one must be started. */
    NEEDS_EPOCH
  }

  Outbox(DeviceContext context, GroupId group) {
    this.context = context;
    this.group = group;
  }

  /**
   * Puts a message at the end. Throws {@link LocalMistake} when it is too long, or too many wait.
   */
  ClientId add(Content content) {
    ContentForm.encode(new ContentForm.Said(content, Optional.empty()));
    int stored = context.memory().transaction(memory -> memory.tables().outbox().waiting(group));
    if (unsaid.size() + stored >= OutboxTable.WAITING_MAX) {
      throw new LocalMistake(
          LocalMistake.Kind.OUTBOX_FULL,
          OutboxTable.WAITING_MAX + " messages wait for the server already");
    }
    ClientId clientId = new ClientId(Bytes.copyOf(context.random().next(CLIENT_ID_LENGTH)));
    unsaid.add(new Unsaid(clientId, content));
    return clientId;
  }

  /** Encrypts what is not encrypted yet, under the newest epoch, a frame's worth at a time. */
  Encrypted encrypt() {
    Encrypted encrypted = Encrypted.DONE;
    while (!unsaid.isEmpty() && encrypted == Encrypted.DONE) {
      encrypted = context.memory().transaction(memory -> encrypted(memory, this::sayNext));
    }
    return encrypted;
  }

  /** Encrypts anew, under the newest epoch, everything that waits. None of it may be in the log. */
  Encrypted encryptAnew() {
    return context.memory().transaction(memory -> encrypted(memory, this::sayAgain));
  }

  /** Drops what waits: it will not be sent. */
  void clear() {
    unsaid.clear();
    context.memory().transaction(memory -> {
      memory.tables().outbox().clear(group);
      return true;
    });
  }

  /** Encrypts with a session. */
  private interface Saying {
    void say(Unsealed memory, Speech speech);
  }

  private Encrypted encrypted(Unsealed memory, Saying saying) {
    requireInside(memory);
    Optional<Speech> speech =
        memory.tables().epochs().newest(group).flatMap(epoch -> Speech.in(context, memory, epoch));
    if (speech.isEmpty()) {
      return Encrypted.NEEDS_EPOCH;
    }
    saying.say(memory, speech.get());
    speech.get().save();
    return Encrypted.DONE;
  }

  private void sayNext(Unsealed memory, Speech speech) {
    for (int i = 0; i < Frame.ENVELOPES_MAX && !unsaid.isEmpty(); i++) {
      Unsaid next = unsaid.removeFirst();
      var said = new ContentForm.Said(next.content(), memory.tables().groups().newestHead(group));
      byte[] content = ContentForm.encode(said);
      memory
          .tables()
          .outbox()
          .add(group, speech.say(next.clientId(), content), memory.sealed(content));
      Arrays.fill(content, (byte) 0);
    }
  }

  private void sayAgain(Unsealed memory, Speech speech) {
    OutboxTable outbox = memory.tables().outbox();
    for (OutboxRow row : outbox.first(group, OutboxTable.WAITING_MAX)) {
      byte[] content = memory.content(row);
      var envelope = speech.say(row.envelope().clientId(), content);
      outbox.replace(group, new OutboxRow(row.position(), envelope, row.content()));
      Arrays.fill(content, (byte) 0);
    }
  }

  private void requireInside(Unsealed memory) {
    boolean inside = memory
        .tables()
        .groups()
        .find(group)
        .filter(row -> row.standing() == GroupRow.Standing.ACTIVE)
        .isPresent();
    if (!inside) {
      throw new LocalMistake(
          LocalMistake.Kind.GROUP_ENDED, "this device cannot speak in the group any more");
    }
  }
}
