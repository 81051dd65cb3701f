import { generateKeyPairSync, sign } from 'node:crypto';
import { deviceListStatement, deviceProofStatement, oneTimeKeyStatement } from './statements.mjs';

const rawPublicKey = (keyObject) => Buffer.from(keyObject.export({ format: 'jwk' }).x, 'base64url');

/**
 * A device with an Ed25519 signing key and a Curve25519 identity key, as Karst knows devices.
 *
 * It holds its keys in memory and speaks no Olm: enough to register, to prove itself and to read what is public to
 * it. A device that reads messages needs an Olm library as well, for example vodozemac.
 */
export class Device {
  #signingKey;
  #nextKeyId = 1;

  constructor(memberId, deviceId) {
    const signing = generateKeyPairSync('ed25519');
    this.#signingKey = signing.privateKey;
    this.memberId = memberId;
    this.deviceId = deviceId;
    this.ed25519Key = rawPublicKey(signing.publicKey);
    this.curve25519Key = rawPublicKey(generateKeyPairSync('x25519').publicKey);
  }

  /** Version 1 of the member's device list: this device alone, signed by itself. */
  deviceList() {
    const unsigned = {
      memberId: this.memberId,
      version: 1,
      previousHash: Buffer.alloc(0),
      devices: [
        {
          deviceId: this.deviceId,
          ed25519Key: this.ed25519Key,
          curve25519Key: this.curve25519Key,
        },
      ],
    };
    return {
      ...unsigned,
      signerDeviceId: this.deviceId,
      signature: this.#sign(deviceListStatement(unsigned)),
    };
  }

  oneTimeKeys(count) {
    return Array.from({ length: count }, () => this.#newSignedKey(false));
  }

  fallbackKey() {
    return this.#newSignedKey(true);
  }

  /** Answers a challenge of the server. */
  prove(challenge) {
    const { memberId, deviceId } = this;
    return this.#sign(deviceProofStatement({ memberId, deviceId, challenge }));
  }

  #newSignedKey(fallback) {
    const key = {
      keyId: this.#nextKeyId++,
      curve25519Key: rawPublicKey(generateKeyPairSync('x25519').publicKey),
      fallback,
    };
    const { memberId, deviceId } = this;
    return { ...key, signature: this.#sign(oneTimeKeyStatement({ memberId, deviceId, ...key })) };
  }

  #sign(statement) {
    return sign(null, statement, this.#signingKey);
  }
}
