package io.karst.client.verification;

import io.karst.client.api.verification.ShortString;
import io.karst.client.api.verification.VerificationState;
import io.karst.crypto.key.RandomBytes;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** One side of a verification under test, and what it has said that was not delivered yet. */
final class Side {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");

  private final Exchange exchange;
  private final Deque<Step> said = new ArrayDeque<>();

  Side(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Bytes that a seed repeats. */
  static RandomBytes seeded(long seed) {
    return new Random(seed)::nextBytes;
  }

  /** A member with keys that a number names, and a chain of two versions. */
  static Party party(String member, int keys) {
    return new Party(
        new MemberId(member),
        new DeviceIdentity(new DeviceId("phone"), filled(keys), filled(keys + 1)),
        List.of(filled(keys + 2), filled(keys + 3)));
  }

  static Bytes filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Bytes.copyOf(bytes);
  }

  static Terms terms(Party self, Party peer, boolean asked) {
    return new Terms(Bytes.ofHex("00112233445566778899aabbccddeeff"), self, peer, asked);
  }

  static Side asking(Party self, Party peer) {
    return new Side(Exchange.asking(terms(self, peer, true), seeded(1), NOW));
  }

  static Side offered(Party self, Party peer) {
    return new Side(Exchange.offered(terms(self, peer, false), seeded(2), NOW));
  }

  Exchange exchange() {
    return exchange;
  }

  VerificationState state() {
    return exchange.state();
  }

  ShortString shown() {
    return ((VerificationState.Comparing) state()).shown();
  }

  /** Keeps what is to be sent. */
  void say(List<Step> steps) {
    said.addAll(steps);
  }

  void hear(Step step) {
    say(exchange.hear(step));
  }

  boolean hasSaid() {
    return !said.isEmpty();
  }

  /** The oldest thing that was not delivered. */
  Step next() {
    return said.removeFirst();
  }

  /** Delivers everything to and fro. */
  static void settle(Side one, Side other) {
    while (one.hasSaid() || other.hasSaid()) {
      while (one.hasSaid()) {
        other.hear(one.next());
      }
      while (other.hasSaid()) {
        one.hear(other.next());
      }
    }
  }
}
