package io.karst.edge.append;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.GroupId;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.message.Fields;
import io.karst.edge.message.FrameMapping;
import io.karst.edge.owner.OwnerLogs;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.proof.signature.OwnerMessages;
import io.karst.proof.signature.SessionBindings;
import io.karst.proof.signature.Signatures;
import io.karst.proof.signature.Verdict;
import io.karst.proof.statement.OwnerHeader;
import io.karst.wire.v1.AppendRequest;

/**
 * Reads frames: fields, form of each Megolm message, signature of the session's binding.
 *
 * <p>A binding costs a tenth of a millisecond to verify and may come with every frame of its
 * session, so those that held are remembered. The envelopes' own signatures are for their readers
 * to check. Thread-safe.
 */
public final class FrameReader {

  /** Sessions that speak on one node at a time; some 300 bytes each. */
  private static final int BINDINGS_MAX = 50_000;

  private final SessionBindings bindings;
  private final OwnerMessages owners;
  private final Cache<Bound, Boolean> held =
      Caffeine.newBuilder().maximumSize(BINDINGS_MAX).executor(Runnable::run).build();

  public FrameReader(Signatures signatures) {
    this.bindings = new SessionBindings(signatures);
    this.owners = new OwnerMessages(signatures);
  }

  private record Bound(GroupId group, SessionBinding binding) {}

  /** Throws {@link RefusedException} when the group need not be asked. */
  Frame read(Principal principal, AppendRequest request) {
    GroupId group = Fields.groupId(request.getGroupId());
    Submission submission = FrameMapping.submission(principal.address(), request);
    submission.owner().ifPresent(message -> require(principal, group, message));
    for (SessionBinding binding : submission.bindings()) {
      require(principal, new Bound(group, binding));
    }
    return new Frame(group, submission);
  }

  /** Own devices have one log, and speak in their own name. */
  private void require(Principal principal, GroupId log, OwnerMessage message) {
    if (!OwnerLogs.isOwn(log, principal.address())) {
      throw new RefusedException(Reason.GROUP_NOT_FOUND);
    }
    if (!owners.verify(OwnerHeader.of(message), principal.ed25519Key()).valid()) {
      throw Refusal.ofField(Reason.SENDER_FORGED, "owner_message.signature").toException();
    }
  }

  private void require(Principal principal, Bound bound) {
    if (held.getIfPresent(bound) != null) {
      return;
    }
    Verdict verdict = bindings.verify(bound.group(), bound.binding(), principal.ed25519Key());
    if (!verdict.valid()) {
      throw new RefusedException(
          verdict == Verdict.KEY_INVALID ? Reason.KEY_INVALID : Reason.SESSION_SIGNATURE_INVALID);
    }
    held.put(bound, true);
  }
}
