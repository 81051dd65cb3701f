package io.karst.client.api;

import io.karst.client.api.verification.Verifications;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/**
 * One installation of a member: its keys, its groups, its stream to the server.
 *
 * <p>Thread-safe. While it is open it reads its inbox, keeps enough one-time keys on the server,
 * renews its token and reconnects by itself. What needs the server answers with a future that fails
 * with a {@link KarstException}; futures complete on the SDK's own threads, so dependants that
 * block belong on an executor.
 */
public interface Device extends AutoCloseable {

  DeviceAddress address();

  /** The public keys, for verification in person. */
  DeviceIdentity identity();

  /** This member's devices, as one of them has signed. */
  CompletableFuture<List<DeviceIdentity>> devices();

  /**
   * Adds the device that shows this code to this member. It gets the keys of the groups with their
   * next epochs, which follow by themselves. Fails with {@link LocalMistake} when the code is
   * another member's or its keys do not fit.
   */
  CompletableFuture<List<DeviceIdentity>> addDevice(LinkCode code);

  /**
   * Takes devices away from this member: what they send is refused from then on, and its groups
   * start new epochs without them.
   */
  CompletableFuture<List<DeviceIdentity>> revokeDevices(Collection<DeviceId> devices);

  /**
   * Believes in the devices that a member has now although none of the old ones signed them: see
   * {@link SecurityProblem.IdentityChanged}. To be called once a person has made sure.
   */
  CompletableFuture<Void> acceptIdentity(MemberId member);

  /** Verifies other members in person, and knows who was verified. */
  Verifications verifications();

  /**
   * Creates a group with this member as its owner.
   *
   * @param name this device's own label for the group; it never leaves the device
   * @param members beside this one, with their roles
   */
  CompletableFuture<GroupChannel> createGroup(
      String name, Map<MemberId, Role> members, Policy policy);

  /** As above, with plain members and the default policy. */
  default CompletableFuture<GroupChannel> createGroup(String name, Collection<MemberId> members) {
    return createGroup(
        name,
        members.stream()
            .collect(Collectors.toMap(member -> member, member -> Role.MEMBER, (a, b) -> a)),
        Policy.DEFAULT);
  }

  /** Every group whose epochs this device holds, in ascending order of id. */
  List<GroupChannel> groups();

  /**
   * Throws {@link LocalMistake} when the device is in no group of that id, as far as it has read
   * its inbox.
   */
  GroupChannel group(GroupId id);

  /** What this member's own devices share. */
  OwnerChannel ownMessages();

  /** Completes when everything that is in the inbox by now was read and stored. */
  CompletableFuture<Void> synchronize();

  /**
   * Live events, from the moment of subscription. A subscriber that is 256 behind misses what comes
   * then.
   */
  Flow.Publisher<DeviceEvent> events();

  /**
   * Waits for a write under way, closes stream and store, wipes the keys. Later calls fail with
   * {@code CLOSED}.
   */
  @Override
  void close();
}
