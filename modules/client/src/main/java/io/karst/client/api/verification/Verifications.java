package io.karst.client.api.verification;

import io.karst.client.api.DeviceEvent;
import io.karst.client.api.LocalMistake;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A device's verifications in person, and what came of them. Thread-safe.
 *
 * <p>The steps travel in a group that both members are in; the application never sees them as
 * messages. Requests of others are heard ({@link DeviceEvent.VerificationRequested}) while a group
 * is received, and for ten minutes after {@link #watch}.
 */
public interface Verifications {

  /**
   * Asks a device to compare, or takes part in what it has asked for already.
   *
   * @param peer a device in the group's newest epoch, not this one; else {@link LocalMistake}
   */
  CompletableFuture<Verification> start(GroupId group, DeviceAddress peer);

  /** Makes a code for a device to read: a secret between the two people. */
  CompletableFuture<Verification> show(GroupId group, DeviceAddress peer);

  /**
   * Compares a code that another device shows with what this device knows, and tells the other
   * side. The answer has ended: it is verified, or cancelled.
   *
   * @param code made for this device; else {@link LocalMistake}
   */
  CompletableFuture<Verification> scanned(VerificationCode code);

  /** Hears requests in a group for ten minutes, also when nobody receives it. */
  CompletableFuture<Void> watch(GroupId group);

  /** What is known of a member's identity. */
  Trust trust(MemberId member);

  /** Every member that was ever verified, ascending by id. */
  List<Trust> verified();
}
