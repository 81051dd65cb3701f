package io.karst.client.recovery;

import io.karst.domain.id.DeviceAddress;
import java.util.List;

/** What a device does for a climb. */
public sealed interface ClimbAction {

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /** Reads its own sealed keys from the log and opens them. */
  record FetchOwnKeys() implements ClimbAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fetchOwnKeys(this);
    }
  }

  /** Asks devices for the keys. */
  record Ask(List<DeviceAddress> targets) implements ClimbAction {
    public Ask {
      targets = List.copyOf(targets);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }
  }

  /** Tries keys that were given on what was said in the epochs. */
  record Prove() implements ClimbAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.prove(this);
    }
  }

  /**
   * Starts a new epoch.
   *
   * @param reset whether it gives the lost ones up
   */
  record Renew(boolean reset) implements ClimbAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.renew(this);
    }
  }

  /** One method for each action. */
  interface Cases<R> {
    R fetchOwnKeys(FetchOwnKeys action);

    R ask(Ask action);

    R prove(Prove action);

    R renew(Renew action);
  }
}
