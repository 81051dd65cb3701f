package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.sender.IndexWindow;
import io.karst.domain.sender.RecentEnvelopes;
import io.karst.domain.sender.Sender;
import io.karst.domain.sender.Senders;
import io.karst.domain.sender.Session;
import io.karst.domain.sender.TakenEnvelope;
import io.karst.journal.v1.GroupSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a group remembers of those who speak in it, to and from protobuf. */
final class SenderFields {

  private SenderFields() {}

  static List<GroupSnapshot.Sender> write(Senders senders) {
    return senders.toMap().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(sender -> sender(sender.getKey(), sender.getValue()))
        .toList();
  }

  static Senders read(GroupSnapshot snapshot) {
    Map<DeviceAddress, Sender> senders = new HashMap<>();
    for (int i = 0; i < snapshot.getSendersCount(); i++) {
      GroupSnapshot.Sender sender = snapshot.getSenders(i);
      DeviceAddress device = Fields.read("device", () -> Fields.address(sender.getDevice()));
      senders.put(device, sender(device, sender));
    }
    return Senders.of(senders);
  }

  private static GroupSnapshot.Sender sender(DeviceAddress device, Sender sender) {
    return GroupSnapshot.Sender.newBuilder()
        .setDevice(Fields.actor(device))
        .addAllSessions(sender.sessions().stream().map(SenderFields::session).toList())
        .addAllRecent(sender.recent().asList().stream().map(SenderFields::taken).toList())
        .build();
  }

  private static Sender sender(DeviceAddress device, GroupSnapshot.Sender sender) {
    return new Sender(
        readAll("sessions", sender.getSessionsCount(), i -> session(device, sender.getSessions(i))),
        recent(sender));
  }

  private static RecentEnvelopes recent(GroupSnapshot.Sender sender) {
    return RecentEnvelopes.of(
        readAll("recent", sender.getRecentCount(), i -> taken(sender.getRecent(i))));
  }

  private static GroupSnapshot.Session session(Session session) {
    SessionBinding binding = session.binding();
    return GroupSnapshot.Session.newBuilder()
        .setEpoch(binding.epoch())
        .setSessionKey(Fields.bytes(binding.sessionKey()))
        .setSignature(Fields.bytes(binding.signature()))
        .setNextIndex(session.window().highest() + 1)
        .setUsed(session.window().used())
        .build();
  }

  private static Session session(DeviceAddress device, GroupSnapshot.Session session) {
    var binding = new SessionBinding(
        device,
        session.getEpoch(),
        Fields.bytes(session.getSessionKey()),
        Fields.bytes(session.getSignature()));
    long highest = Fields.notNegative(session.getNextIndex()) - 1;
    return new Session(binding, new IndexWindow(highest, session.getUsed()));
  }

  private static GroupSnapshot.Taken taken(TakenEnvelope envelope) {
    return GroupSnapshot.Taken.newBuilder()
        .setClientId(Fields.bytes(envelope.clientId().value()))
        .setSessionId(Fields.bytes(envelope.sessionId()))
        .setMessageIndex(envelope.messageIndex())
        .setOffset(envelope.offset())
        .setAcceptedAtMillis(Fields.millis(envelope.acceptedAt()))
        .build();
  }

  private static TakenEnvelope taken(GroupSnapshot.Taken envelope) {
    return new TakenEnvelope(
        new ClientId(Fields.bytes(envelope.getClientId())),
        Fields.bytes(envelope.getSessionId()),
        Fields.notNegative(envelope.getMessageIndex()),
        Fields.notNegative(envelope.getOffset()),
        Fields.time(envelope.getAcceptedAtMillis()));
  }
}
