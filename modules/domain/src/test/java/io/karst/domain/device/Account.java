package io.karst.domain.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Directory;
import io.karst.domain.walk.Fake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Alice's account with one phone.
 *
 * <p>Mutable: belongs to one test. Its clock stands still until a test moves it.
 */
final class Account {

  static final DeviceAddress PHONE = DeviceAddress.of("alice", "phone");
  static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");
  static final DeviceId DEVICE = PHONE.device();
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final DeviceList LIST =
      new Directory().register("alice", "phone").list(new MemberId("alice"));

  Instant now = START;
  Member member = Member.empty(PHONE.member());

  static Account beforeRegistration() {
    return new Account();
  }

  /** Registered with one-time keys 0 to {@code oneTimeKeys - 1} and fallback key 0. */
  static Account registered(int oneTimeKeys) {
    var account = new Account();
    account.accepts(registration(keys(0, oneTimeKeys)));
    return account;
  }

  static MemberCommand.Register registration(List<SignedKey> oneTimeKeys) {
    return new MemberCommand.Register(
        PHONE, LIST, AccountRole.MEMBER, oneTimeKeys, Fake.fallbackKey(0));
  }

  static List<SignedKey> keys(long from, long to) {
    return LongStream.range(from, to).mapToObj(Fake::oneTimeKey).toList();
  }

  static MemberCommand.UploadKeys upload(SignedKey... keys) {
    return new MemberCommand.UploadKeys(PHONE, List.of(keys), List.of());
  }

  static MemberCommand.UploadKeys uploadFallback(SignedKey key) {
    return new MemberCommand.UploadKeys(PHONE, List.of(), List.of(key));
  }

  static MemberCommand.ClaimKey claim() {
    return new MemberCommand.ClaimKey(PHONE, BOB);
  }

  static MemberCommand.TakeSealedKeys sealed(GroupId group, long epoch) {
    return new MemberCommand.TakeSealedKeys(
        group, epoch, BOB, List.of(Fake.sealedKey(PHONE, epoch)));
  }

  static MemberCommand.AcknowledgeInbox acknowledge(long upTo) {
    return new MemberCommand.AcknowledgeInbox(PHONE, upTo);
  }

  /** The same key id with other bytes. */
  static SignedKey other(SignedKey key) {
    return new SignedKey(
        key.keyId(), Fake.bytes("other", 32), key.fallback(), Fake.bytes("other", 64));
  }

  MemberDecision decide(MemberCommand command) {
    return MemberRules.decide(member, command, now);
  }

  Optional<Reason> refusal(MemberCommand command) {
    return decide(command) instanceof MemberDecision.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** Decides a command that must not be refused, and applies its events. */
  MemberDecision accepts(MemberCommand command) {
    MemberDecision decision = decide(command);
    assertThat(decision).isNotInstanceOf(MemberDecision.Refused.class);
    decision.events().forEach(event -> member = member.evolve(event));
    return decision;
  }

  /** Claims a key; answers its id. */
  SignedKey claims() {
    return ((MemberDecision.Claimed) accepts(claim())).key();
  }

  Account later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  KeyStock stock() {
    return member.device(DEVICE).orElseThrow().keys();
  }

  Inbox inbox() {
    return member.device(DEVICE).orElseThrow().inbox();
  }
}
