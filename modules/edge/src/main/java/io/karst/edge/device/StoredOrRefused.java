package io.karst.edge.device;

import io.karst.actors.member.MemberReply;
import io.karst.edge.status.RefusedException;

/** Reads the answer to commands that store keys. */
record StoredOrRefused() implements MemberReply.Cases<MemberReply.Stored> {

  @Override
  public MemberReply.Stored stored(MemberReply.Stored reply) {
    return reply;
  }

  @Override
  public MemberReply.Stored refused(MemberReply.Refused reply) {
    throw new RefusedException(reply.reason());
  }

  @Override
  public MemberReply.Stored done(MemberReply.Done reply) {
    throw new IllegalStateException("no answer to a command that stores keys: " + reply);
  }

  @Override
  public MemberReply.Stored claimed(MemberReply.Claimed reply) {
    throw new IllegalStateException("a key was handed out where keys were to be stored");
  }
}
