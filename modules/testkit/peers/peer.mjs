// A foreign Olm and Megolm peer: libolm or vodozemac. How it is spoken to: serve.mjs.
import { createRequire } from 'node:module';
import { at, bytes, keep, serve } from './serve.mjs';
import Vodozemac from './vodozemac.mjs';

const require = createRequire(import.meta.url);

// libolm's script installs handlers that end the process on any error; the peer reports errors instead.
const Olm = require('@matrix-org/olm');
await Olm.init();
process.removeAllListeners('uncaughtException');
process.removeAllListeners('unhandledRejection');

const text = (utf8) => Buffer.from(utf8).toString('utf8');
const base64Keys = (map) => Object.entries(map).map(([id, key]) => ({ id, key }));
const entries = (map) => (map instanceof Map ? base64Keys(Object.fromEntries(map)) : base64Keys(map));

const device = (account, { ed25519, curve25519 }) => ({ account: keep(account), ed25519, curve25519 });
// What is a method in one library is a property in the other.
const value = (of, name) => (typeof of[name] === 'function' ? of[name]() : of[name]);
const listener = (session) => ({
  session: keep(session),
  sessionId: value(session, 'session_id'),
  firstKnownIndex: value(session, 'first_known_index'),
});

const libolm = {
  account() {
    const account = new Olm.Account();
    account.create();
    return device(account, JSON.parse(account.identity_keys()));
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
    return { pickle: at(account).pickle(bytes(key)) };
  },
  accountUnpickle({ pickle, key }) {
    const account = new Olm.Account();
    account.unpickle(bytes(key), pickle);
    return device(account, JSON.parse(account.identity_keys()));
  },
  forgetFallbackKey({ account }) {
    at(account).forget_old_fallback_key();
    return {};
  },
  sign({ account, text: message }) {
    return { signature: at(account).sign(message) };
  },
  verify({ key, text: message, signature }) {
    new Olm.Utility().ed25519_verify(key, message, signature);
    return {};
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
  olmState({ session }) {
    return { sessionId: at(session).session_id(), received: at(session).has_received_message() };
  },
  matchesOlm({ session, body }) {
    return { matches: at(session).matches_inbound(body) };
  },
  sessionPickle({ session, key }) {
    return { pickle: at(session).pickle(bytes(key)) };
  },
  sessionUnpickle({ pickle, key }) {
    const session = new Olm.Session();
    session.unpickle(bytes(key), pickle);
    return { session: keep(session) };
  },
  inboundUnpickle({ pickle, key }) {
    const session = new Olm.InboundGroupSession();
    session.unpickle(bytes(key), pickle);
    return listener(session);
  },
  groupPickle({ session, key }) {
    return { pickle: at(session).pickle(bytes(key)) };
  },
  outbound({ pickle, key }) {
    const session = new Olm.OutboundGroupSession();
    session.unpickle(bytes(key), pickle);
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
    return listener(session);
  },
  importInbound({ exportedKey }) {
    const session = new Olm.InboundGroupSession();
    session.import_session(exportedKey);
    return listener(session);
  },
  exportInbound({ session, index }) {
    return { exportedKey: at(session).export_session(index) };
  },
  decryptMegolm({ session, body }) {
    const { message_index: index, plaintext } = at(session).decrypt(body);
    return { index, text: plaintext };
  },
  sas() {
    const sas = new Olm.SAS();
    return { sas: keep(sas), key: sas.get_pubkey() };
  },
  agreeSas({ sas, key }) {
    at(sas).set_their_key(key);
    return { sas };
  },
  sasBytes({ sas, info }) {
    return { bytes: Buffer.from(at(sas).generate_bytes(info, 6)).toString('base64') };
  },
  sasMac({ sas, input, info }) {
    return { mac: at(sas).calculate_mac_fixed_base64(input, info) };
  },
  legacyMac({ sas, input, info }) {
    return { mac: at(sas).calculate_mac(input, info) };
  },
  longKeyMac({ sas, input, info }) {
    return { mac: at(sas).calculate_mac_long_kdf(input, info) };
  },
};

const vodozemac = {
  account() {
    const account = new Vodozemac.Account();
    return device(account, { ed25519: account.ed25519_key, curve25519: account.curve25519_key });
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
    return { pickle: at(account).pickle(bytes(key)) };
  },
  accountUnpickle({ pickle, key }) {
    const account = Vodozemac.Account.from_pickle(pickle, bytes(key));
    return device(account, { ed25519: account.ed25519_key, curve25519: account.curve25519_key });
  },
  accountFromLibolm({ pickle, key }) {
    const account = Vodozemac.Account.from_libolm_pickle(pickle, bytes(key));
    return device(account, { ed25519: account.ed25519_key, curve25519: account.curve25519_key });
  },
  forgetFallbackKey({ account }) {
    return { forgotten: at(account).forget_fallback_key() };
  },
  sign({ account, text: message }) {
    return { signature: at(account).sign(message) };
  },
  verify({ key, text: message, signature }) {
    Vodozemac.verify_signature(key, Buffer.from(message, 'utf8'), signature);
    return {};
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
  olmState({ session }) {
    return { sessionId: at(session).session_id, received: at(session).has_received_message() };
  },
  matchesOlm({ session, body }) {
    return { matches: at(session).session_matches(0, body) };
  },
  sessionPickle({ session, key }) {
    return { pickle: at(session).pickle(bytes(key)) };
  },
  sessionUnpickle({ pickle, key }) {
    return { session: keep(Vodozemac.Session.from_pickle(pickle, bytes(key))) };
  },
  sessionFromLibolm({ pickle, key }) {
    return { session: keep(Vodozemac.Session.from_libolm_pickle(pickle, bytes(key))) };
  },
  inboundUnpickle({ pickle, key }) {
    const session = Vodozemac.InboundGroupSession.from_pickle(pickle, bytes(key));
    return listener(session);
  },
  inboundFromLibolm({ pickle, key }) {
    const session = Vodozemac.InboundGroupSession.from_libolm_pickle(pickle, bytes(key));
    return listener(session);
  },
  groupPickle({ session, key }) {
    return { pickle: at(session).pickle(bytes(key)) };
  },
  outbound({ pickle, key }) {
    const session = Vodozemac.GroupSession.from_pickle(pickle, bytes(key));
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
    return listener(session);
  },
  importInbound({ exportedKey }) {
    const session = Vodozemac.InboundGroupSession.import(exportedKey);
    return listener(session);
  },
  exportInbound({ session, index }) {
    return { exportedKey: at(session).export_at(index) };
  },
  decryptMegolm({ session, body }) {
    const message = at(session).decrypt(body);
    return { index: message.message_index, text: text(message.plaintext) };
  },
  sas() {
    const sas = new Vodozemac.Sas();
    return { sas: keep(sas), key: sas.public_key };
  },
  agreeSas({ sas, key }) {
    return { sas: keep(at(sas).diffie_hellman(key)) };
  },
  sasBytes({ sas, info }) {
    const { emoji_indices: emoji, decimals } = at(sas).bytes(info);
    return { emoji: [...emoji], decimals: [...decimals] };
  },
  sasMac({ sas, input, info }) {
    return { mac: at(sas).calculate_mac(input, info) };
  },
  legacyMac({ sas, input, info }) {
    return { mac: at(sas).calculate_mac_invalid_base64(input, info) };
  },
  verifyMac({ sas, input, info, mac }) {
    at(sas).verify_mac(input, info, mac);
    return {};
  },
};

await serve({ libolm, vodozemac });
