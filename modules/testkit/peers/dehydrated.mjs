// A foreign client that leaves a device with its server while it is away: vodozemac's dehydrated device, as Matrix's
// clients make and take it back (MSC3814). How it is spoken to: serve.mjs.
import { DehydratedDeviceKey, DeviceId, initAsync, OlmMachine, UserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import { bytes, serve } from './serve.mjs';

await initAsync();

const keyOf = (key) => DehydratedDeviceKey.createKeyFromArray(new Uint8Array(bytes(key)));
const client = async () => {
  const machine = await OlmMachine.initialize(new UserId('@ann:example.org'), new DeviceId('LAPTOP'));
  await machine.bootstrapCrossSigning(true);
  return machine.dehydratedDevices();
};
const keysOf = (signed) => Object.values(signed).map(({ key }) => key);

const matrix = {
  async leave({ key }) {
    const device = await (await client()).create();
    const request = JSON.parse((await device.keysForUpload('away', keyOf(key))).body);
    const { device_id: id, device_data: data, device_keys: keys } = request;
    return {
      ciphertext: data.device_pickle,
      nonce: data.nonce,
      curve25519: keys.keys[`curve25519:${id}`],
      ed25519: keys.keys[`ed25519:${id}`],
      oneTimeKeys: keysOf(request.one_time_keys),
      fallbackKeys: keysOf(request.fallback_keys),
    };
  },
  async takeBack({ key, curve25519, ciphertext, nonce }) {
    const data = JSON.stringify({ algorithm: 'org.matrix.msc3814.v2', device_pickle: ciphertext, nonce });
    await (await client()).rehydrate(keyOf(key), new DeviceId(curve25519), data);
    return {};
  },
};

await serve({ matrix });
