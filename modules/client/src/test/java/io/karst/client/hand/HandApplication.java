package io.karst.client.hand;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.SecurityProblem;
import io.karst.client.epoch.EpochWatcher;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** Listens to one channel, keeps what it hears, and takes no notice of what changes elsewhere. */
public abstract class HandApplication implements EpochWatcher, Flow.Subscriber<ChannelEvent> {

  private final List<ChannelEvent> heard = new ArrayList<>();

  /** What the application heard. */
  public final List<ChannelEvent> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ChannelEvent event) {
    heard.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    throw new AssertionError(failure);
  }

  @Override
  public void onComplete() {}

  @Override
  public void joined(GroupId group) {}

  @Override
  public void devicesChanged(DeviceList list) {}

  @Override
  public void installed(GroupId group) {}

  @Override
  public void keysShared(GroupId group, DeviceAddress by, long fromEpoch, long toEpoch) {}

  @Override
  public abstract void warned(SecurityProblem problem);
}
