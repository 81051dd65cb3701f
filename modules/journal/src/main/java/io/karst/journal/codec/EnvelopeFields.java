package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.journal.v1.EnvelopesAppended;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Envelopes to and from protobuf. What those of one session share is stored once a record. */
final class EnvelopeFields {

  private EnvelopeFields() {}

  /** What the envelopes of one session share. */
  private record Session(DeviceAddress sender, long epoch, Bytes sessionId) {}

  static EnvelopesAppended write(List<Envelope> envelopes) {
    Map<Session, Integer> sessions = new LinkedHashMap<>();
    EnvelopesAppended.Builder event = EnvelopesAppended.newBuilder();
    for (Envelope envelope : envelopes) {
      var session = new Session(envelope.sender(), envelope.epoch(), envelope.sessionId());
      int index = sessions.computeIfAbsent(session, added -> sessions.size());
      event.addEnvelopes(envelope(index, envelope));
    }
    sessions.keySet().forEach(session -> event.addSessions(session(session)));
    return event.build();
  }

  static List<Envelope> read(EnvelopesAppended event) {
    List<Session> sessions =
        readAll("sessions", event.getSessionsCount(), i -> session(event.getSessions(i)));
    return readAll(
        "envelopes", event.getEnvelopesCount(), i -> envelope(sessions, event.getEnvelopes(i)));
  }

  private static io.karst.journal.v1.Envelope envelope(int session, Envelope envelope) {
    return io.karst.journal.v1.Envelope.newBuilder()
        .setSession(session)
        .setMessageIndex(envelope.messageIndex())
        .setClientId(Fields.bytes(envelope.clientId().value()))
        .setCiphertext(Fields.bytes(envelope.ciphertext()))
        .build();
  }

  private static Envelope envelope(List<Session> sessions, io.karst.journal.v1.Envelope envelope) {
    int index = envelope.getSession();
    if (index < 0 || index >= sessions.size()) {
      throw new CorruptRecord("session", "there is no such session");
    }
    Session session = sessions.get(index);
    return new Envelope(
        session.epoch(),
        session.sender(),
        session.sessionId(),
        envelope.getMessageIndex(),
        new ClientId(Fields.bytes(envelope.getClientId())),
        Fields.bytes(envelope.getCiphertext()));
  }

  private static io.karst.journal.v1.Session session(Session session) {
    return io.karst.journal.v1.Session.newBuilder()
        .setSender(Fields.actor(session.sender()))
        .setEpoch(session.epoch())
        .setSessionId(Fields.bytes(session.sessionId()))
        .build();
  }

  private static Session session(io.karst.journal.v1.Session session) {
    return new Session(
        Fields.read("sender", () -> Fields.address(session.getSender())),
        session.getEpoch(),
        Fields.bytes(session.getSessionId()));
  }
}
