package io.karst.edge.auth;

import io.grpc.ServerServiceDefinition;
import io.karst.actors.member.AccountReply;
import io.karst.actors.member.Members;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.auth.Challenges.Challenge;
import io.karst.edge.call.Failures;
import io.karst.edge.call.Principal;
import io.karst.edge.call.StrictService;
import io.karst.edge.message.Fields;
import io.karst.edge.status.RefusedException;
import io.karst.proof.signature.DeviceKeys;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.CreateChallengeRequest;
import io.karst.wire.v1.CreateChallengeResponse;
import io.karst.wire.v1.CreateTokenRequest;
import io.karst.wire.v1.CreateTokenResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code AuthService}: a device proves itself and gets a token.
 *
 * <p>A device that does not exist costs the same work and gets the same answer as one whose
 * signature is wrong: whoever tries names learns nothing.
 */
public final class AuthMethods {

  /**
   * A key that nobody is registered with, to be verified against in place of one that is not there.
   */
  private static final Bytes NOBODY =
      Bytes.ofHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  private static final int CHALLENGE_BYTES_MAX = 256;

  private final Members members;
  private final DeviceKeys keys;
  private final Challenges challenges;
  private final AccessTokens tokens;

  public AuthMethods(Members members, DeviceKeys keys, Challenges challenges, AccessTokens tokens) {
    this.members = members;
    this.keys = keys;
    this.challenges = challenges;
    this.tokens = tokens;
  }

  public ServerServiceDefinition bind(Failures failures) {
    return new StrictService(AuthServiceGrpc.getServiceDescriptor(), failures)
        .open(AuthServiceGrpc.getCreateChallengeMethod(), this::createChallenge)
        .open(AuthServiceGrpc.getCreateTokenMethod(), this::createToken)
        .build();
  }

  private CompletionStage<CreateChallengeResponse> createChallenge(CreateChallengeRequest request) {
    DeviceAddress device = Fields.address(request.getMemberId(), request.getDeviceId());
    Challenge challenge = challenges.draw(device);
    return CompletableFuture.completedStage(CreateChallengeResponse.newBuilder()
        .setChallenge(Fields.bytes(challenge.bytes()))
        .setExpiresAtMillis(challenge.expiresAt().toEpochMilli())
        .build());
  }

  private CompletionStage<CreateTokenResponse> createToken(CreateTokenRequest request) {
    var proof = new Proof(
        Fields.address(request.getMemberId(), request.getDeviceId()),
        Fields.upTo(CHALLENGE_BYTES_MAX, "challenge", request.getChallenge()),
        Fields.exactly(Fields.SIGNATURE_LENGTH, "signature", request.getSignature()));
    if (!challenges.isOpen(proof.device(), proof.challenge())) {
      throw new RefusedException(Reason.CHALLENGE_INVALID);
    }
    return members.account(proof.device().member()).thenApply(account -> token(proof, account));
  }

  private record Proof(DeviceAddress device, Bytes challenge, Bytes signature) {}

  private CreateTokenResponse token(Proof proof, AccountReply account) {
    Optional<Principal> claimed = account.match(new Claimed(proof.device()));
    Bytes key = claimed.map(Principal::ed25519Key).orElse(NOBODY);
    boolean proven =
        keys.proof(proof.device(), key, proof.challenge(), proof.signature()).valid();
    Principal principal = claimed
        .filter(present -> proven)
        .orElseThrow(() -> new RefusedException(Reason.PROOF_INVALID));
    if (!challenges.close(proof.challenge())) {
      throw new RefusedException(Reason.CHALLENGE_INVALID);
    }
    AccessTokens.Token token = tokens.issue(principal);
    return CreateTokenResponse.newBuilder()
        .setToken(token.text())
        .setExpiresAtMillis(token.expiresAt().toEpochMilli())
        .build();
  }

  /** Who the device would be, if its proof holds. */
  private record Claimed(DeviceAddress device) implements AccountReply.Cases<Optional<Principal>> {

    @Override
    public Optional<Principal> known(AccountReply.Known known) {
      return known
          .devices()
          .device(device.device())
          .map(DeviceIdentity::ed25519Key)
          .map(key -> new Principal(device, known.role(), key));
    }

    @Override
    public Optional<Principal> refused(AccountReply.Refused refused) {
      if (refused.reason() == Reason.UNAVAILABLE) {
        throw new RefusedException(Reason.UNAVAILABLE);
      }
      return Optional.empty();
    }
  }
}
