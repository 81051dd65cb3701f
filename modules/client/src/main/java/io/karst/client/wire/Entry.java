package io.karst.client.wire;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.owner.OwnerCopy;
import io.karst.proof.statement.OwnerHeader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** What the application is told once the epoch was verified. */
    public ChannelEvent.EpochStarted verified() {
      Manifest manifest = news.manifest().manifest();
      return new ChannelEvent.EpochStarted(
          offset,
          manifest.epoch(),
          manifest.reason(),
          manifest.committer(),
          manifest.roster().size(),
          at);
    }

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

    /** What the application is told when it cannot be read. */
    public ChannelEvent.Unreadable unreadable(UnreadableReason why) {
      return new ChannelEvent.Unreadable(offset, envelope.epoch(), envelope.sender(), at, why);
    }

    /** What the application is told once it was opened, with keys of its own or of another. */
    public ChannelEvent.Message opened(Content content, Optional<DeviceAddress> vouchedBy) {
      return new ChannelEvent.Message(
          offset, envelope.epoch(), envelope.sender(), envelope.clientId(), at, content, vouchedBy);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.spoken(this);
    }
  }

  /** A version of the member's device list holds from here on in the log of its own devices. */
  record OwnerDevices(long offset, Instant at, DeviceList list) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerDevices(this);
    }
  }

  /**
   * A message to the member's other devices.
   *
   * @param copies what was shown of it: as a rule what is sealed to this device, or nothing
   */
  record OwnerSaid(long offset, Instant at, OwnerHeader header, List<OwnerCopy> copies)
      implements Entry {

    public OwnerSaid {
      copies = List.copyOf(copies);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerSaid(this);
    }
  }

  /**
   * An envelope that is not for this device, as the server says.
   *
   * @param leaf all that it shows: the entry's leaf hash, 32 bytes
   */
  record Hidden(long offset, Bytes leaf) implements Entry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hidden(this);
    }
  }

  /** Of no interest to the application. */
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

    R ownerDevices(OwnerDevices entry);

    R ownerSaid(OwnerSaid entry);

    R hidden(Hidden entry);

    R silent(Silent entry);
  }

  /** For who reads groups: only the log of a member's own devices has entries of those. */
  interface GroupCases<E> extends Cases<List<E>> {

    @Override
    default List<E> ownerDevices(OwnerDevices entry) {
      return List.of();
    }

    @Override
    default List<E> ownerSaid(OwnerSaid entry) {
      return List.of();
    }
  }
}
