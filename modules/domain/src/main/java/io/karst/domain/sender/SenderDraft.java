package io.karst.domain.sender;

import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.ClientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Sender} on its way to the next one.
 *
 * <p>Mutable: belongs to the {@link SendersDraft} that made it, and to its one thread.
 */
public final class SenderDraft {

  private final List<Session> sessions;
  private final RecentEnvelopes before;
  private final List<TakenEnvelope> added = new ArrayList<>();

  SenderDraft(Sender sender) {
    this.sessions = new ArrayList<>(sender.sessions());
    this.before = sender.recent();
  }

  /** The session opened in an epoch. */
  public Optional<Session> session(long epoch) {
    for (Session session : sessions) {
      if (session.epoch() == epoch) {
        return Optional.of(session);
      }
    }
    return Optional.empty();
  }

  /** Opens the session of an epoch that has none yet. */
  public void open(SessionBinding binding) {
    if (session(binding.epoch()).isPresent()) {
      throw new IllegalArgumentException("one session a device and epoch");
    }
    sessions.add(Session.opened(binding));
  }

  /** The envelope that was sent with this client id, as far as it is remembered. */
  public Optional<TakenEnvelope> taken(ClientId clientId) {
    int overflow = Math.max(0, before.size() + added.size() - RecentEnvelopes.MAX);
    for (TakenEnvelope envelope : lastAdded()) {
      if (envelope.clientId().equals(clientId)) {
        return Optional.of(envelope);
      }
    }
    return before.find(clientId, overflow);
  }

  /** Uses a fresh index of the epoch's session, and remembers the envelope. */
  public void take(long epoch, TakenEnvelope envelope) {
    for (int i = 0; i < sessions.size(); i++) {
      if (sessions.get(i).epoch() == epoch) {
        sessions.set(i, sessions.get(i).plus(envelope.messageIndex()));
        added.add(envelope);
        return;
      }
    }
    throw new IllegalArgumentException("no session in this epoch");
  }

  Sender finish() {
    return new Sender(sessions, added.isEmpty() ? before : before.plus(added));
  }

  private List<TakenEnvelope> lastAdded() {
    return added.subList(Math.max(0, added.size() - RecentEnvelopes.MAX), added.size());
  }
}
