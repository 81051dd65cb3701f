package io.karst.client.api;

import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Receipt;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.merkle.Head;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A device's end of one group: sends, receives, changes its members.
 *
 * <p>Thread-safe. Concurrent changes of the epoch have one winner; the SDK adopts it and tries its
 * own change again on top.
 */
public interface GroupChannel {

  GroupId id();

  /** This device's own label for the group; its id when it has none. */
  String name();

  /**
   * Encrypts and stores a message at once, and sends it as soon as the server can be reached, in
   * the order of the calls, also after a restart. Completes when the log holds it. When the device
   * is closed before, it fails with {@code CLOSED}, and the next run sends the message.
   */
  CompletableFuture<Receipt> send(Content content);

  /** Sends plain text. */
  default CompletableFuture<Receipt> send(String text) {
    return send(Content.text(text));
  }

  /**
   * The group's events from where the last subscriber stopped, also in an earlier run; then live
   * ones.
   *
   * <p>An event counts as taken when {@code onNext} returned. One that was delivered but not yet
   * recorded comes again after a crash: {@link ChannelEvent.Message#offset()} tells repetitions.
   * One subscriber at a time.
   */
  Flow.Publisher<ChannelEvent> receive();

  /**
   * Starts a new epoch. Completes as well when somebody else did meanwhile. Answers the epoch's
   * number.
   */
  CompletableFuture<Long> rotate();

  /** Adds a member, which reads what is said from then on. Answers the new epoch's number. */
  CompletableFuture<Long> add(MemberId member, Role role);

  /** Adds a plain member. */
  default CompletableFuture<Long> add(MemberId member) {
    return add(member, Role.MEMBER);
  }

  /**
   * Removes a member, which reads nothing of what is said from then on. Answers the new epoch's
   * number.
   */
  CompletableFuture<Long> remove(MemberId member);

  /** Sets a member's role, with a new epoch. Answers its number. */
  CompletableFuture<Long> setRole(MemberId member, Role role);

  /**
   * Says that somebody outside may know the epoch's key. The group takes no message before a member
   * has rotated, and no message of the old epoch after that.
   */
  CompletableFuture<Void> reportCompromise();

  /**
   * Gives up the newest epochs whose keys this device did not get, in a new epoch; the log says
   * which. For when nobody has them. Answers the new epoch's number, or that of the newest when
   * nothing is lost.
   */
  CompletableFuture<Long> reset();

  /** Asks the server for the policy. */
  CompletableFuture<Policy> policy();

  /** Sets the policy. Needs the admin role. */
  CompletableFuture<Void> setPolicy(Policy policy);

  /**
   * Gives a device of the group the keys of the epochs from {@code fromEpoch} on in which it was
   * not, as far as this device holds them and the policy allows it. Where the history is whole,
   * adding a member does so by itself.
   */
  CompletableFuture<Void> shareHistory(DeviceAddress to, long fromEpoch);

  /**
   * Asks a few members' devices for keys of epochs, and asks others when none of them answers. An
   * answer is told by {@link DeviceEvent.KeysShared}. A device whose sealed key does not open asks
   * by itself.
   */
  CompletableFuture<Void> requestKeys(long fromEpoch, long toEpoch);

  /**
   * Reads a part of the log once more, from the entry that started an epoch on: its messages, also
   * those that other devices gave the keys of.
   */
  CompletableFuture<HistoryPage> history(long fromEpoch);

  /** Reads the part of the log that begins at an offset: where the part before ended. */
  CompletableFuture<HistoryPage> historyFrom(long offset);

  /** Takes this member out. */
  CompletableFuture<Void> leave();

  /** Ends the group: it takes nothing more. */
  CompletableFuture<Void> archive();

  /**
   * Asks the server for the members, and checks them against the signed roster. Ascending by id.
   */
  CompletableFuture<List<GroupMember>> members();

  /**
   * Asks the server why a device cannot read the message at an offset. About the devices of other
   * members admins alone may ask.
   */
  CompletableFuture<Explanation> explain(long offset, DeviceAddress device);

  /**
   * Asks the server which devices of a member were in the rosters of these epochs, and where their
   * keys are. About other members admins alone may ask.
   *
   * @param from the first epoch, from 1
   * @param to the last epoch, included; 0 means the current one. Answers hold 100 epochs at most,
   *     ascending: ask again from the next
   */
  CompletableFuture<List<EpochAccess>> epochAccess(MemberId member, long from, long to);

  /** Number of the newest epoch that this device has verified. */
  long epoch();

  /** The signed statement of that epoch: who holds its key. */
  Optional<SignedManifest> manifest();

  /**
   * The newest head of the group's log that the server has shown to this device: size and Merkle
   * root. Members who compare theirs, of equal size, see whether they are shown the same log.
   */
  Optional<Head> head();
}
