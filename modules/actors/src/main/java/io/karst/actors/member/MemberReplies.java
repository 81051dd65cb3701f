package io.karst.actors.member;

import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.id.DeviceAddress;
import java.util.List;

/** What a decision says to whoever asked, once its events are written. */
public record MemberReplies(MemberDecision decision, Member after)
    implements MemberCommand.Cases<MemberReply> {

  public static MemberReply of(MemberCommand command, MemberDecision decision, Member after) {
    return decision instanceof MemberDecision.Refused refused
        ? new MemberReply.Refused(refused.reason())
        : command.match(new MemberReplies(decision, after));
  }

  @Override
  public MemberReply register(MemberCommand.Register command) {
    return stored(command.by(), List.of());
  }

  @Override
  public MemberReply startOver(MemberCommand.StartOver command) {
    return register(command.registration());
  }

  @Override
  public MemberReply changeDevices(MemberCommand.ChangeDevices command) {
    return new MemberReply.Done();
  }

  @Override
  public MemberReply markTold(MemberCommand.MarkTold command) {
    return new MemberReply.Done();
  }

  @Override
  public MemberReply uploadKeys(MemberCommand.UploadKeys command) {
    return stored(command.by(), decided(MemberDecision.Uploaded.class).refusals());
  }

  @Override
  public MemberReply claimKey(MemberCommand.ClaimKey command) {
    return new MemberReply.Claimed(decided(MemberDecision.Claimed.class).key());
  }

  @Override
  public MemberReply takeSealedKeys(MemberCommand.TakeSealedKeys command) {
    return new MemberReply.Done();
  }

  @Override
  public MemberReply takeKeyShare(MemberCommand.TakeKeyShare command) {
    return new MemberReply.Done();
  }

  @Override
  public MemberReply takeKeyRequest(MemberCommand.TakeKeyRequest command) {
    return new MemberReply.Done();
  }

  @Override
  public MemberReply acknowledgeInbox(MemberCommand.AcknowledgeInbox command) {
    return new MemberReply.Done();
  }

  private MemberReply stored(DeviceAddress by, List<KeyRefusal> refusals) {
    int held = after
        .device(by.device())
        .map(device -> device.keys().oneTimeKeys().size())
        .orElse(0);
    return new MemberReply.Stored(held, refusals);
  }

  private <D extends MemberDecision> D decided(Class<D> type) {
    return type.cast(decision);
  }
}
