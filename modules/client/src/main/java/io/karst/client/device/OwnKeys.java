package io.karst.client.device;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.KeySupply;
import io.karst.client.store.AccountRow;
import io.karst.client.wire.DeviceWire;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.KeyId;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import io.karst.wire.v1.UploadKeysRequest;
import java.util.List;
import java.util.Map;

/** What a device says about itself, signed with its identity key. */
final class OwnKeys {

  private OwnKeys() {}

  static DeviceIdentity identity(DeviceAddress self, Account account) {
    return new DeviceIdentity(
        self.device(),
        Bytes.copyOf(account.identityKeys().ed25519().bytes()),
        Bytes.copyOf(account.identityKeys().curve25519().bytes()));
  }

  static Bytes sign(Account account, Statement statement) {
    return Bytes.copyOf(account.sign(statement.bytes().toArray()).bytes());
  }

  /** Version 1 of the member's devices: this one alone. */
  static DeviceList firstList(DeviceAddress self, Account account) {
    List<DeviceIdentity> devices = List.of(identity(self, account));
    Statement statement = DeviceStatements.deviceList(self.member(), 1, Bytes.EMPTY, devices);
    return new DeviceList(
        self.member(), 1, Bytes.EMPTY, devices, self.device(), sign(account, statement));
  }

  /**
   * One-time keys that the server has not confirmed, ascending by id, as many as one call takes.
   */
  static List<SignedKey> unpublished(DeviceAddress self, Account account) {
    return account.oneTimeKeys().entrySet().stream()
        .limit(KeySupply.UPLOAD_MAX)
        .map(key -> signed(self, account, key, false))
        .toList();
  }

  /** The fallback key that the server has not confirmed; none or one. */
  static List<SignedKey> unpublishedFallback(DeviceAddress self, Account account) {
    return account.fallbackKey().entrySet().stream()
        .map(key -> signed(self, account, key, true))
        .toList();
  }

  /** Everything that the server has not confirmed. */
  static UploadKeysRequest upload(Unsealed memory) {
    AccountRow row = memory.accountRow();
    Account account = memory.account();
    UploadKeysRequest.Builder request = UploadKeysRequest.newBuilder()
        .addAllOneTimeKeys(unpublished(row.address(), account).stream()
            .map(DeviceWire::signedKey)
            .toList());
    unpublishedFallback(row.address(), account)
        .forEach(key -> request.setFallbackKey(DeviceWire.signedKey(key)));
    return request.build();
  }

  private static SignedKey signed(
      DeviceAddress self,
      Account account,
      Map.Entry<KeyId, Curve25519PublicKey> key,
      boolean fallback) {
    long id = key.getKey().value();
    Bytes publicKey = Bytes.copyOf(key.getValue().bytes());
    Statement statement = DeviceStatements.oneTimeKey(self, id, publicKey, fallback);
    return new SignedKey(id, publicKey, fallback, sign(account, statement));
  }
}
