// Registers a device, proves it, lists its member's devices and reads its inbox.
//
//   node main.mjs [MEMBER]
//
// The server and the enrolment token are those of `./karst up` in this checkout; KARST_SERVER (HOST:PORT) and
// KARST_TOKEN_FILE name others.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Device } from './device.mjs';
import { Karst, reasonOf } from './karst.mjs';

const DATA = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../.karst');
const INBOX_LIMIT = 100;

const readLine = (file) => readFileSync(file, 'utf8').trim();

const tour = async (karst, device, enrolmentToken) => {
  console.log(`health: ${await karst.health()}`);

  const { oneTimeKeyCount } = await karst.register(device, enrolmentToken);
  console.log(`registered: ${device.memberId}/${device.deviceId}, ${oneTimeKeyCount} one-time keys`);

  await karst.authenticate(device);
  console.log('authenticated: the server took the signed challenge');

  for (const list of await karst.listDevices([device.memberId])) {
    const ids = list.devices.map((each) => each.deviceId).join(', ');
    console.log(`devices of ${list.memberId}: version ${list.version}: ${ids}`);
  }

  const items = await karst.fetchInbox(INBOX_LIMIT);
  console.log(`inbox: ${items.length} items`);
  items.forEach((each) => console.log(`  ${each.sequence} ${each.item}`));
};

const main = async () => {
  const address = process.env.KARST_SERVER ?? readLine(path.join(DATA, 'endpoint'));
  const token = readLine(process.env.KARST_TOKEN_FILE ?? path.join(DATA, 'enrolment-token'));
  const member = process.argv[2] ?? `node-${randomBytes(4).toString('hex')}`;
  const karst = new Karst(address);
  try {
    await tour(karst, new Device(member, 'node'), token);
  } finally {
    karst.close();
  }
};

main().catch((error) => {
  console.error(`failed: ${reasonOf(error)}`);
  process.exitCode = 1;
});
