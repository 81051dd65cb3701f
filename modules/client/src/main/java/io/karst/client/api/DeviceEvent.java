package io.karst.client.api;

import io.karst.client.api.verification.Verification;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.util.List;

/** What happened to a device outside the order of any group's log. */
public sealed interface DeviceEvent {

  <R> R match(Cases<R> cases);

  /** Somebody added this device's member to a group; the channel is ready. */
  record GroupJoined(GroupChannel channel) implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupJoined(this);
    }
  }

  /**
   * Another device gave keys of past epochs: {@link GroupChannel#history} reads what was said then.
   */
  record KeysShared(GroupChannel channel, DeviceAddress by, long fromEpoch, long toEpoch)
      implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keysShared(this);
    }
  }

  /** Something that the server or a member said does not verify. Nothing of it was installed. */
  record SecurityWarning(SecurityProblem problem) implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.securityWarning(this);
    }
  }

  /**
   * A member that this device knows has other devices now, as one of its devices has signed.
   *
   * @param version of the member's device list
   * @param devices all that it has now, ascending by id
   */
  record DevicesChanged(MemberId member, long version, List<DeviceId> devices)
      implements DeviceEvent {
    public DevicesChanged {
      devices = List.copyOf(devices);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.devicesChanged(this);
    }
  }

  /** Somebody wants to verify this member in person. */
  record VerificationRequested(Verification verification) implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.verificationRequested(this);
    }
  }

  /** Another device of this member has revoked this one: the server takes nothing more of it. */
  record Revoked() implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.revoked(this);
    }
  }

  /** The stream to the server is up or down; the SDK reconnects by itself. */
  record ConnectionChanged(boolean connected) implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.connectionChanged(this);
    }
  }

  /** One method for each event. */
  interface Cases<R> {
    R groupJoined(GroupJoined event);

    R keysShared(KeysShared event);

    R securityWarning(SecurityWarning event);

    R devicesChanged(DevicesChanged event);

    R verificationRequested(VerificationRequested event);

    R revoked(Revoked event);

    R connectionChanged(ConnectionChanged event);
  }
}
