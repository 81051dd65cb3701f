package io.karst.audit;

import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.sender.Session;
import java.time.Instant;
import java.util.Optional;

/** Says why one envelope could not follow, once the rules have refused it. */
record EnvelopeDiagnosis(Group group, Envelope envelope, Instant at) {

  Finding finding() {
    return new Speaker(group, envelope.sender(), envelope.epoch(), at)
        .problem()
        .orElseGet(this::sessionProblem);
  }

  private Finding sessionProblem() {
    Optional<Session> session = group
        .senders()
        .of(envelope.sender())
        .flatMap(sender -> sender.session(envelope.epoch()))
        .filter(open -> open.binding().sessionKey().equals(envelope.sessionId()));
    if (session.isEmpty()) {
      return found(FindingCode.SESSION_UNKNOWN, "is in a session that it has not opened");
    }
    return switch (session.get().window().judge(envelope.messageIndex())) {
      case USED -> found(FindingCode.INDEX_REPLAYED, "was taken before");
      case BELOW_WINDOW -> found(FindingCode.INDEX_REPLAYED, "is too far behind");
      case FRESH -> found(FindingCode.CLIENT_ID_REPEATED, "has a client id that was taken before");
    };
  }

  private Finding found(FindingCode code, String what) {
    String sentence = "Message %d of %s in epoch %d %s."
        .formatted(envelope.messageIndex(), envelope.sender(), envelope.epoch(), what);
    return new Finding(group.size(), code, sentence);
  }
}
