// The foreign end of a channel between two devices: vodozemac's ECIES, as Matrix's clients have it, and HPKE of another
// library. How it is spoken to: serve.mjs.
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { Curve25519PublicKey, Ecies, initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { at, bytes, keep, serve } from './serve.mjs';

await initAsync();

const established = (channel) => {
  const code = channel.check_code();
  return {
    channel: keep(channel),
    code: code.to_digit(),
    codeWithoutZero: code.toDigitNoLeadingZero(),
  };
};

const ecies = {
  start() {
    const start = new Ecies();
    return { start: keep(start), key: start.public_key().toBase64() };
  },
  connect({ start, key, text }) {
    const { channel, initial_message: message } = at(start).establish_outbound_channel(new Curve25519PublicKey(key), text);
    return { ...established(channel), message };
  },
  accept({ start, message }) {
    const { channel, message: text } = at(start).establish_inbound_channel(message);
    return { ...established(channel), text };
  },
  encrypt({ channel, text }) {
    return { message: at(channel).encrypt(text) };
  },
  decrypt({ channel, message }) {
    return { text: at(channel).decrypt(message) };
  },
};

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});
const KEY_LENGTH = 32;
const TAG_LENGTH = 16;
const CHACHA = 'chacha20-poly1305';

const buffer = (array) => Buffer.from(array);
const base64 = (array) => buffer(array).toString('base64').replaceAll('=', '');
const utf8 = (text) => Buffer.from(text, 'utf8');

// The way back, which HPKE does not have: RFC 9458, section 4.4, then a number in each nonce as in RFC 9180.
class Responses {
  constructor(secret, sender, nonce) {
    const salt = Buffer.concat([sender, nonce]);
    this.key = buffer(hkdfSync('sha256', secret, salt, 'key', KEY_LENGTH));
    this.base = buffer(hkdfSync('sha256', secret, salt, 'nonce', 12));
    this.number = 0;
  }

  next() {
    const nonce = buffer(this.base);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ this.number++) >>> 0, 8);
    return nonce;
  }

  seal(plaintext, associated) {
    const cipher = createCipheriv(CHACHA, this.key, this.next(), { authTagLength: TAG_LENGTH });
    cipher.setAAD(associated);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  open(sealed, associated) {
    const decipher = createDecipheriv(CHACHA, this.key, this.next(), { authTagLength: TAG_LENGTH });
    decipher.setAAD(associated);
    decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_LENGTH)), decipher.final()]);
  }
}

const exported = async (context, name, length) => buffer(await context.export(utf8(name), length));

const whole = async (info, context, sender, recipient, nonce) => {
  const responses = new Responses(await exported(context, `${info}_RESPONSE`, KEY_LENGTH), sender, nonce);
  const code = await exported(context, `${info}_CHECKCODE|${base64(recipient)}|${base64(sender)}`, 2);
  return { responses, code: base64(code) };
};

const hpke = {
  async start() {
    const pair = await suite.kem.generateKeyPair();
    return { start: keep(pair), key: base64(await suite.kem.serializePublicKey(pair.publicKey)) };
  },
  async connect({ info, key, text, associated }) {
    const recipient = bytes(key);
    const recipientPublicKey = await suite.kem.deserializePublicKey(recipient);
    const context = await suite.createSenderContext({ recipientPublicKey, info: utf8(info) });
    const sender = buffer(context.enc);
    const sealed = buffer(await context.seal(utf8(text), utf8(associated)));
    return { sender: keep({ info, context, sender, recipient }), message: base64(Buffer.concat([sender, sealed])) };
  },
  async complete({ sender, response, associated }) {
    const { info, context, sender: key, recipient } = at(sender);
    const [nonce, sealed] = [bytes(response).subarray(0, KEY_LENGTH), bytes(response).subarray(KEY_LENGTH)];
    const { responses, code } = await whole(info, context, key, recipient, nonce);
    const text = responses.open(sealed, utf8(associated)).toString('utf8');
    const channel = {
      seal: async (plaintext, aad) => buffer(await context.seal(plaintext, aad)),
      open: async (ciphertext, aad) => responses.open(ciphertext, aad),
    };
    return { channel: keep(channel), code, text };
  },
  async accept({ info, start, message, associated, answer }) {
    const pair = at(start);
    const recipient = buffer(await suite.kem.serializePublicKey(pair.publicKey));
    const [sender, sealed] = [bytes(message).subarray(0, KEY_LENGTH), bytes(message).subarray(KEY_LENGTH)];
    const context = await suite.createRecipientContext({ recipientKey: pair, enc: sender, info: utf8(info) });
    const text = buffer(await context.open(sealed, utf8(associated))).toString('utf8');
    const nonce = randomBytes(KEY_LENGTH);
    const { responses, code } = await whole(info, context, sender, recipient, nonce);
    const response = base64(Buffer.concat([nonce, responses.seal(utf8(answer), utf8(associated))]));
    const channel = {
      seal: async (plaintext, aad) => responses.seal(plaintext, aad),
      open: async (ciphertext, aad) => buffer(await context.open(ciphertext, aad)),
    };
    return { channel: keep(channel), code, text, response };
  },
  async encrypt({ channel, text, associated }) {
    return { message: base64(await at(channel).seal(utf8(text), utf8(associated))) };
  },
  async decrypt({ channel, message, associated }) {
    return { text: (await at(channel).open(bytes(message), utf8(associated))).toString('utf8') };
  },
};

await serve({ ecies, hpke });
