// The canonical statements of docs/protocol.md: what a device signs. Never the protobuf encoding, which has no
// canonical form: both sides rebuild these bytes from the fields.

const u8 = (n) => Buffer.of(n);

const u32 = (n) => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n);
  return out;
};

const u64 = (n) => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(n));
  return out;
};

const bytes = (b) => Buffer.concat([u32(b.length), b]);

const str = (s) => bytes(Buffer.from(s, 'utf8'));

const list = (items) => Buffer.concat([u32(items.length), ...items]);

/** Version 1 of a member's device list has no previous hash. Devices ascend by id. */
export const deviceListStatement = ({ memberId, version, previousHash, devices }) =>
  Buffer.concat([
    str('karst/v1 device-list'),
    str(memberId),
    u64(version),
    bytes(previousHash),
    list(
      devices.map((device) =>
        Buffer.concat([str(device.deviceId), bytes(device.ed25519Key), bytes(device.curve25519Key)]),
      ),
    ),
  ]);

/** One-time and fallback keys are signed alike; the last byte tells them apart. */
export const oneTimeKeyStatement = ({ memberId, deviceId, keyId, curve25519Key, fallback }) =>
  Buffer.concat([
    str('karst/v1 one-time-key'),
    str(memberId),
    str(deviceId),
    u64(keyId),
    bytes(curve25519Key),
    u8(fallback ? 1 : 0),
  ]);

/** What a device signs in order to get a token. */
export const deviceProofStatement = ({ memberId, deviceId, challenge }) =>
  Buffer.concat([str('karst/v1 device-proof'), str(memberId), str(deviceId), bytes(challenge)]);
