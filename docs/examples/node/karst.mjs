import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { errorInfoReason, HEALTH } from './standard.mjs';

const PROTO_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../proto');
const OPTIONS = { longs: String, enums: String, oneofs: true, defaults: true, includeDirs: [PROTO_ROOT] };
const DEADLINE_MILLIS = 20_000;

const v1 = grpc.loadPackageDefinition(
  protoLoader.loadSync(
    ['auth', 'device', 'group', 'delivery'].map((name) => `karst/v1/${name}.proto`),
    OPTIONS,
  ),
).karst.v1;

const health = grpc.loadPackageDefinition(protoLoader.fromJSON(HEALTH, OPTIONS)).grpc.health.v1;

/** The reason code of a refusal; every error of the server carries one (proto/README.md). */
export const reasonOf = (error) => {
  const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
  return (status && errorInfoReason(status)) ?? grpc.status[error.code] ?? error.message;
};

/** Calls of the API as promises, each with a deadline and, once there is one, the device's token. */
export class Karst {
  #metadata = new grpc.Metadata();
  #services;

  /** Plain text is for loopback only; anywhere else pass the CA's certificate. */
  constructor(address, caCertificate) {
    const credentials = caCertificate
      ? grpc.credentials.createSsl(caCertificate)
      : grpc.credentials.createInsecure();
    this.#services = {
      health: new health.Health(address, credentials),
      auth: new v1.AuthService(address, credentials),
      devices: new v1.DeviceService(address, credentials),
      delivery: new v1.DeliveryService(address, credentials),
    };
  }

  /** Answers the health of the whole server: SERVING once it takes calls. */
  async health() {
    return (await this.#call('health', 'check', {})).status;
  }

  register(device, enrolmentToken) {
    return this.#call('devices', 'registerDevice', {
      enrolmentToken,
      deviceList: device.deviceList(),
      oneTimeKeys: device.oneTimeKeys(10),
      fallbackKey: device.fallbackKey(),
    });
  }

  /** Proves the device; later calls carry the token that it gets. */
  async authenticate(device) {
    const { memberId, deviceId } = device;
    const { challenge } = await this.#call('auth', 'createChallenge', { memberId, deviceId });
    const signature = device.prove(challenge);
    const { token } = await this.#call('auth', 'createToken', { memberId, deviceId, challenge, signature });
    this.#metadata.set('authorization', `Bearer ${token}`);
  }

  async listDevices(memberIds) {
    return (await this.#call('devices', 'listDevices', { memberIds })).deviceLists;
  }

  async fetchInbox(limit) {
    return (await this.#call('delivery', 'fetchInbox', { afterSequence: 0, limit })).items;
  }

  close() {
    Object.values(this.#services).forEach((service) => service.close());
  }

  #call(service, method, request) {
    const client = this.#services[service];
    const deadline = Date.now() + DEADLINE_MILLIS;
    return promisify(client[method]).call(client, request, this.#metadata, { deadline });
  }
}
