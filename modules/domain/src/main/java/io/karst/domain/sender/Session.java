package io.karst.domain.sender;

import io.karst.domain.epoch.SessionBinding;

/** The one Megolm session of a device in an epoch, and which of its message indices were used. */
public record Session(SessionBinding binding, IndexWindow window) {

  static Session opened(SessionBinding binding) {
    return new Session(binding, IndexWindow.EMPTY);
  }

  long epoch() {
    return binding.epoch();
  }

  Session plus(long index) {
    return new Session(binding, window.plus(index));
  }
}
