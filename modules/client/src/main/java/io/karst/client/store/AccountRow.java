package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;

/**
 * The device itself.
 *
 * @param registered whether the server has taken its public keys
 * @param account pickle of the Olm account, encrypted
 * @param fallbackSince when the fallback key was drawn
 */
public record AccountRow(
    DeviceAddress address, boolean registered, Bytes account, Instant fallbackSince) {

  public AccountRow withRegistered() {
    return new AccountRow(address, true, account, fallbackSince);
  }

  public AccountRow withAccount(Bytes account) {
    return new AccountRow(address, registered, account, fallbackSince);
  }

  public AccountRow withFallbackSince(Instant fallbackSince) {
    return new AccountRow(address, registered, account, fallbackSince);
  }
}
