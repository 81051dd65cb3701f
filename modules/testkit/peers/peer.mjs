// A foreign Olm and Megolm peer: libolm or vodozemac, driven by one JSON object a line on standard input and
// answering with one a line on standard output. Bytes travel as base64.
//
//   {"id": 1, "lib": "libolm", "op": "account", "args": {}}  ->  {"id": 1, "ok": {...}} or {"id": 1, "error": "..."}
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { webcrypto } from 'node:crypto';

const require = createRequire(import.meta.url);
globalThis.crypto ??= webcrypto;

// libolm's script installs handlers that end the process on any error; the peer reports errors instead.
const Olm = require('@matrix-org/olm');
await Olm.init();
process.removeAllListeners('uncaughtException');
process.removeAllListeners('unhandledRejection');

// The package's start function expects a browser window and panics; the instance itself stays usable.
const Vodozemac = await import('vodozemac-wasm-bindings/vodozemac.js');
{
  const folder = dirname(require.resolve('vodozemac-wasm-bindings/vodozemac.js'));
  const report = console.error;
  console.error = () => {};
  try {
    Vodozemac.initSync({ module: readFileSync(join(folder, 'vodozemac_bg.wasm')) });
  } catch {
    // Harmless, see above.
  }
  console.error = report;
}

const objects = new Map();
let nextHandle = 1;
const keep = (object) => {
  objects.set(nextHandle, object);
  return nextHandle++;
};
const at = (handle) => {
  const object = objects.get(handle);
  if (object === undefined) {
    throw new Error(`no object ${handle}`);
  }
  return object;
};
const text = (bytes) => Buffer.from(bytes).toString('utf8');
const base64Keys = (map) => Object.entries(map).map(([id, key]) => ({ id, key }));
const entries = (map) => (map instanceof Map ? base64Keys(Object.fromEntries(map)) : base64Keys(map));

const libolm = {
  account() {
    const account = new Olm.Account();
    account.create();
    const identity = JSON.parse(account.identity_keys());
    return { account: keep(account), ed25519: identity.ed25519, curve25519: identity.curve25519 };
  },
  oneTimeKeys({ account, count }) {
    at(account).generate_one_time_keys(count);
    const keys = entries(JSON.parse(at(account).one_time_keys()).curve25519);
    at(account).mark_keys_as_published();
    return { keys };
  },
  fallbackKey({ account }) {
    at(account).generate_fallback_key();
    const keys = entries(JSON.parse(at(account).unpublished_fallback_key()).curve25519);
    at(account).mark_keys_as_published();
    return { keys };
  },
  accountPickle({ account, key }) {
    return { pickle: at(account).pickle(Buffer.from(key, 'base64')) };
  },
  openOlm({ account, identityKey, oneTimeKey }) {
    const session = new Olm.Session();
    session.create_outbound(at(account), identityKey, oneTimeKey);
    return { session: keep(session) };
  },
  acceptOlm({ account, identityKey, body }) {
    const session = new Olm.Session();
    session.create_inbound_from(at(account), identityKey, body);
    const plaintext = session.decrypt(0, body);
    at(account).remove_one_time_keys(session);
    return { session: keep(session), text: plaintext };
  },
  encryptOlm({ session, text: plaintext }) {
    return at(session).encrypt(plaintext);
  },
  decryptOlm({ session, type, body }) {
    return { text: at(session).decrypt(type, body) };
  },
  outbound({ pickle, key }) {
    const session = new Olm.OutboundGroupSession();
    session.unpickle(Buffer.from(key, 'base64'), pickle);
    return { session: keep(session), sessionId: session.session_id(), index: session.message_index() };
  },
  newOutbound() {
    const session = new Olm.OutboundGroupSession();
    session.create();
    return { session: keep(session), sessionId: session.session_id(), sessionKey: session.session_key() };
  },
  encryptMegolm({ session, text: plaintext }) {
    return { body: at(session).encrypt(plaintext) };
  },
  inbound({ sessionKey }) {
    const session = new Olm.InboundGroupSession();
    session.create(sessionKey);
    return { session: keep(session), sessionId: session.session_id() };
  },
  importInbound({ exportedKey }) {
    const session = new Olm.InboundGroupSession();
    session.import_session(exportedKey);
    return { session: keep(session), sessionId: session.session_id() };
  },
  exportInbound({ session, index }) {
    return { exportedKey: at(session).export_session(index) };
  },
  decryptMegolm({ session, body }) {
    const { message_index: index, plaintext } = at(session).decrypt(body);
    return { index, text: plaintext };
  },
};

const vodozemac = {
  account() {
    const account = new Vodozemac.Account();
    return { account: keep(account), ed25519: account.ed25519_key, curve25519: account.curve25519_key };
  },
  oneTimeKeys({ account, count }) {
    at(account).generate_one_time_keys(count);
    const keys = entries(at(account).one_time_keys);
    at(account).mark_keys_as_published();
    return { keys };
  },
  fallbackKey({ account }) {
    at(account).generate_fallback_key();
    const keys = entries(at(account).fallback_key);
    at(account).mark_keys_as_published();
    return { keys };
  },
  accountPickle({ account, key }) {
    return { pickle: at(account).pickle(Buffer.from(key, 'base64')) };
  },
  openOlm({ account, identityKey, oneTimeKey }) {
    return { session: keep(at(account).create_outbound_session(identityKey, oneTimeKey)) };
  },
  acceptOlm({ account, identityKey, body }) {
    const created = at(account).create_inbound_session(identityKey, 0, body);
    const plaintext = text(created.plaintext);
    return { session: keep(created.session), text: plaintext };
  },
  encryptOlm({ session, text: plaintext }) {
    const message = at(session).encrypt(Buffer.from(plaintext, 'utf8'));
    return { type: message.message_type, body: message.ciphertext };
  },
  decryptOlm({ session, type, body }) {
    return { text: text(at(session).decrypt(type, body)) };
  },
  outbound({ pickle, key }) {
    const session = Vodozemac.GroupSession.from_pickle(pickle, Buffer.from(key, 'base64'));
    return { session: keep(session), sessionId: session.session_id, index: session.message_index };
  },
  newOutbound() {
    const session = new Vodozemac.GroupSession();
    return { session: keep(session), sessionId: session.session_id, sessionKey: session.session_key };
  },
  encryptMegolm({ session, text: plaintext }) {
    return { body: at(session).encrypt(Buffer.from(plaintext, 'utf8')) };
  },
  inbound({ sessionKey }) {
    const session = new Vodozemac.InboundGroupSession(sessionKey);
    return { session: keep(session), sessionId: session.session_id };
  },
  importInbound({ exportedKey }) {
    const session = Vodozemac.InboundGroupSession.import(exportedKey);
    return { session: keep(session), sessionId: session.session_id };
  },
  exportInbound({ session, index }) {
    return { exportedKey: at(session).export_at(index) };
  },
  decryptMegolm({ session, body }) {
    const message = at(session).decrypt(body);
    return { index: message.message_index, text: text(message.plaintext) };
  },
};

const libraries = { libolm, vodozemac };

for await (const line of createInterface({ input: process.stdin })) {
  const { id, lib, op, args } = JSON.parse(line);
  let answer;
  try {
    answer = { id, ok: libraries[lib][op](args ?? {}) };
  } catch (error) {
    answer = { id, error: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
