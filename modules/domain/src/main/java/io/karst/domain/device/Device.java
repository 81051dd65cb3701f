package io.karst.domain.device;

/** What is kept for one device beside its identity: keys to hand out, and its inbox. */
public record Device(KeyStock keys, Inbox inbox) {

  Device with(KeyStock newKeys) {
    return new Device(newKeys, inbox);
  }

  Device with(Inbox newInbox) {
    return new Device(keys, newInbox);
  }
}
