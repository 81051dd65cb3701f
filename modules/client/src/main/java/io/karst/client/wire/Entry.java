package io.karst.client.wire;

import io.karst.client.api.ChannelEvent;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import java.time.Instant;

/** One entry of a group's log, as the server tells it. Nothing of it is verified yet. */
public sealed interface Entry {

  long offset();

  <R> R match(Cases<R> cases);

  /** Says something about members that the application is told as it is. */
  record Notice(long offset, ChannelEvent event) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notice(this);
    }
  }

  /** An epoch started. */
  record EpochStarted(long offset, Instant at, EpochNews news) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.epochStarted(this);
    }
  }

  /** A device opened its session. */
  record SessionOpened(long offset, SessionBinding binding) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionOpened(this);
    }
  }

  /** A message. */
  record Spoken(long offset, Instant at, Envelope envelope) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.spoken(this);
    }
  }

  /** Of no interest to the application, or not for this device. */
  record Silent(long offset) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.silent(this);
    }
  }

  /** One method for each kind. */
  interface Cases<R> {
    R notice(Notice entry);

    R epochStarted(EpochStarted entry);

    R sessionOpened(SessionOpened entry);

    R spoken(Spoken entry);

    R silent(Silent entry);
  }
}
