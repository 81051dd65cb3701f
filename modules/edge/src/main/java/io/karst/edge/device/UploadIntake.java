package io.karst.edge.device;

import io.karst.actors.member.MemberReply;
import io.karst.domain.device.SignedKey;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.wire.v1.KeyRefusal;
import io.karst.wire.v1.UploadKeysResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One upload: keys that do not verify are told apart from the others, which are stored all the
 * same.
 *
 * <p>Mutable: it lives for one call, and is read after it was filled.
 */
final class UploadIntake {

  private final KeyChecks checks;
  private final Principal principal;
  private final List<KeyRefusal> refusals = new ArrayList<>();

  UploadIntake(KeyChecks checks, Principal principal) {
    this.checks = checks;
    this.principal = principal;
  }

  List<SignedKey> acceptable(List<SignedKey> keys) {
    var acceptable = new ArrayList<SignedKey>(keys.size());
    for (SignedKey key : keys) {
      Optional<Reason> problem = checks.problem(principal.address(), principal.ed25519Key(), key);
      problem.ifPresent(reason -> refusals.add(refusal(key.keyId(), reason)));
      if (problem.isEmpty()) {
        acceptable.add(key);
      }
    }
    return acceptable;
  }

  UploadKeysResponse response(MemberReply.Stored stored) {
    stored.refusals().forEach(refused -> refusals.add(refusal(refused.keyId(), refused.reason())));
    return UploadKeysResponse.newBuilder()
        .setOneTimeKeyCount(stored.oneTimeKeys())
        .addAllRefusals(refusals)
        .build();
  }

  private static KeyRefusal refusal(long keyId, Reason reason) {
    return KeyRefusal.newBuilder().setKeyId(keyId).setReason(reason.name()).build();
  }
}
