package io.karst.client.api;

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

  /** Something that the server or a member said does not verify. Nothing of it was installed. */
  record SecurityWarning(SecurityProblem problem) implements DeviceEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.securityWarning(this);
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

    R securityWarning(SecurityWarning event);

    R connectionChanged(ConnectionChanged event);
  }
}
