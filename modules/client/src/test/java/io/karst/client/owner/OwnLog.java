package io.karst.client.owner;

import io.karst.client.api.SecurityProblem;
import io.karst.client.channel.EntrySink;
import io.karst.client.channel.EntrySource;
import io.karst.client.epoch.Directory;
import io.karst.client.hand.HandApplication;
import io.karst.client.hand.HandPhone;
import io.karst.client.hand.HandServer;
import io.karst.client.wire.EntryWire;
import io.karst.client.wire.EnvelopeWire;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import io.karst.testkit.time.VirtualTime;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.OwnerMessage;
import io.karst.wire.v1.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log that devices of a member share, told to those that listen. */
final class OwnLog {

  private final VirtualTime time;
  private final List<Ear> ears = new ArrayList<>();
  private final List<OwnerMessage> said = new ArrayList<>();

  OwnLog(VirtualTime time, HandServer server) {
    this.time = time;
    server.answers(GroupServiceGrpc.getAppendMethod(), this::append);
  }

  /** How many messages there are. */
  int size() {
    return said.size();
  }

  /** A device that listens from the beginning. */
  Ear listen(HandPhone phone) {
    Ear ear = new Ear(phone);
    ears.add(ear);
    ear.channel.receive().subscribe(ear);
    time.settle();
    return ear;
  }

  private AppendResponse append(AppendRequest request) {
    said.add(request.getOwnerMessage());
    long offset = said.size() - 1L;
    ears.forEach(Ear::goOn);
    return AppendResponse.newBuilder()
        .addOutcomes(AppendOutcome.newBuilder().setReceipt(Receipt.newBuilder().setOffset(offset)))
        .setHead(EnvelopeWire.head(Head.EMPTY))
        .build();
  }

  /** One device's channel, and its application. */
  final class Ear extends HandApplication implements EntrySource {

    private final HandPhone phone;
    private final LiveOwnerChannel channel;
    private Optional<EntrySink> sink = Optional.empty();
    private int told;
    private boolean deaf;

    private Ear(HandPhone phone) {
      this.phone = phone;
      this.channel =
          new LiveOwnerChannel(phone.context(), new Directory(phone.context(), this), this, this);
    }

    LiveOwnerChannel channel() {
      return channel;
    }

    /** From now on it is told nothing, or of all that it missed. */
    void setDeaf(boolean noMore) {
      deaf = noMore;
      goOn();
    }

    private void goOn() {
      while (!deaf && sink.isPresent() && told < said.size()) {
        LogEntry entry = LogEntry.newBuilder()
            .setOffset(told)
            .setOwnerMessage(said.get(told))
            .build();
        told++;
        phone
            .context()
            .loop()
            .post(() ->
                sink.orElseThrow().entries(List.of(EntryWire.item(channel.id(), entry)), 1));
      }
    }

    @Override
    public void subscribe(GroupId group, EntrySink subscribed) {
      sink = Optional.of(subscribed);
      subscribed.started(new EntrySink.Start(0, List.of(), Optional.empty()));
      goOn();
    }

    @Override
    public void unsubscribe(GroupId group) {
      sink = Optional.empty();
    }

    @Override
    public void warned(SecurityProblem problem) {
      throw new AssertionError(problem.summary());
    }
  }
}
