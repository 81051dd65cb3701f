package io.karst.client.api;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;

/** What does not verify: evidence that the server, or a member, said something false. */
public sealed interface SecurityProblem {

  /** One sentence for a person. */
  String summary();

  <R> R match(Cases<R> cases);

  /**
   * An epoch that this device refuses to install.
   *
   * @param epoch its number
   */
  record EpochRefused(GroupId group, long epoch, DeviceAddress committer, Flaw flaw)
      implements SecurityProblem {
    @Override
    public String summary() {
      return "epoch " + epoch + " of group " + group + " by " + committer + " is refused: "
          + flaw.sentence();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochRefused(this);
    }
  }

  /** A member's devices are not those that were signed before. */
  record DeviceListRefused(MemberId member, long version, Flaw flaw) implements SecurityProblem {
    @Override
    public String summary() {
      return "version " + version + " of the devices of " + member + " is refused: "
          + flaw.sentence();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deviceListRefused(this);
    }
  }

  /**
   * A member has a new chain of devices that no device of the old one signed: it lost all of them,
   * or somebody poses as it. Nothing is sealed to the new devices until the application
   * {@linkplain Device#acceptIdentity accepts} them.
   *
   * @param verified whether the old chain was verified in person
   */
  record IdentityChanged(MemberId member, boolean verified) implements SecurityProblem {
    @Override
    public String summary() {
      return member + (verified ? ", whom you have verified," : "")
          + " has new devices that none of the old ones signed: verify in person";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.identityChanged(this);
    }
  }

  /**
   * The server's members are not those of the signed roster.
   *
   * @param member whom only one of both names
   */
  record MembersForged(GroupId group, MemberId member) implements SecurityProblem {
    @Override
    public String summary() {
      return "the server and the signed roster of group " + group + " disagree about " + member;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.membersForged(this);
    }
  }

  /** A session that its device did not sign, or a second one. */
  record SessionRefused(GroupId group, long epoch, DeviceAddress sender, Flaw flaw)
      implements SecurityProblem {
    @Override
    public String summary() {
      return "a session of " + sender + " in epoch " + epoch + " of group " + group
          + " is refused: " + flaw.sentence();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionRefused(this);
    }
  }

  /**
   * Two members were shown two logs.
   *
   * @param size number of entries at which the roots differ
   * @param toldBy who saw the other root; this device itself when the server contradicts itself
   */
  record LogForked(GroupId group, long size, DeviceAddress toldBy) implements SecurityProblem {
    @Override
    public String summary() {
      return "the log of group " + group + " forks at size " + size + ": " + toldBy
          + " was shown another one";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.logForked(this);
    }
  }

  /**
   * The server left out, repeated or reordered entries of a log.
   *
   * @param offset that should have come
   * @param told the offset that came instead
   */
  record LogBroken(GroupId group, long offset, long told) implements SecurityProblem {
    @Override
    public String summary() {
      return "the server showed entry " + told + " of the log of group " + group + " in place of "
          + offset;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.logBroken(this);
    }
  }

  /**
   * The server kept a message back from this device: it showed its place in the log without what
   * stands there, and the message itself only when it was asked for it.
   *
   * @param offset the message's place
   */
  record MessageHidden(GroupId group, long offset, DeviceAddress sender)
      implements SecurityProblem {
    @Override
    public String summary() {
      return "the server hid a message of " + sender + " at " + offset + " of group " + group;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.messageHidden(this);
    }
  }

  /** Keys that a member gave open nothing, or contradict those that this device holds itself. */
  record SharedKeysRefused(GroupId group, long epoch, DeviceAddress by) implements SecurityProblem {
    @Override
    public String summary() {
      return by + " gave wrong keys of epoch " + epoch + " of group " + group;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sharedKeysRefused(this);
    }
  }

  /** A one-time key that its device did not sign. */
  record OneTimeKeyForged(DeviceAddress device) implements SecurityProblem {
    @Override
    public String summary() {
      return "the server handed out a one-time key that " + device + " did not sign";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.oneTimeKeyForged(this);
    }
  }

  /** What exactly is wrong. */
  enum Flaw {
    SIGNATURE("its signature does not verify"),
    COMMITTER_NOT_IN_ROSTER("its committer was not in the roster"),
    CHAIN("it does not name the one before it"),
    OTHER_GROUP("it speaks of another group or epoch"),
    TWO_STATEMENTS("there are two different ones"),
    KEY_SUITE("its key suite is unknown"),
    ROSTER_DEVICES("its roster disagrees with the members' signed devices"),
    OWN_KEYS("it names other keys for this device"),
    SENDER_KEY("it was not sealed by its committer"),
    MANIFEST_HASH("the sealed key belongs to another manifest"),
    COMMITMENT("the opened key does not match its commitment"),
    UNKNOWN_VERSION("a version between is missing"),
    ROLLED_BACK("a newer version was shown before"),
    LINK_PROOF("the device that added this one did not vouch for it");

    private final String sentence;

    Flaw(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  /** One method for each problem. */
  interface Cases<R> {
    R epochRefused(EpochRefused problem);

    R deviceListRefused(DeviceListRefused problem);

    R identityChanged(IdentityChanged problem);

    R membersForged(MembersForged problem);

    R sessionRefused(SessionRefused problem);

    R logForked(LogForked problem);

    R logBroken(LogBroken problem);

    R messageHidden(MessageHidden problem);

    R sharedKeysRefused(SharedKeysRefused problem);

    R oneTimeKeyForged(OneTimeKeyForged problem);
  }
}
