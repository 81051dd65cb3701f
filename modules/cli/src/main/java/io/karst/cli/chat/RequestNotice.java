package io.karst.cli.chat;

import io.karst.client.api.DeviceEvent;
import java.util.concurrent.Flow;

/** Tells a person in a chat that somebody wants to be compared with. */
final class RequestNotice implements Flow.Subscriber<DeviceEvent> {

  private final Screen screen;

  RequestNotice(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(DeviceEvent event) {
    if (event instanceof DeviceEvent.VerificationRequested requested) {
      var peer = requested.verification().peer();
      screen.print("* " + peer + " wants to verify you: /quit, and run karst verify " + peer);
    }
  }

  @Override
  public void onError(Throwable failure) {
    // The chat itself tells what ends it.
  }

  @Override
  public void onComplete() {
    // The device was closed.
  }
}
