// vodozemac, measured in Node: driven by lines, as the harness of libolm is.
//
//   prepare OPERATION BYTES COUNT  ->  ready      makes the inputs of COUNT operations
//   run                            ->  done N T   performs them; N changes with what came out, T is the process's
//                                                 processor time so far in nanoseconds
//
// Objects of WebAssembly are freed by hand, as a program that runs for long has to.
import { createInterface } from 'node:readline';
import Vodozemac from './vodozemac.mjs';

const ADVANCE = 10_000;
const PICKLE_KEY = new Uint8Array(32);

let count;
let plain;
let perform;

const curve25519 = (keys) => (keys instanceof Map ? [...keys.values()] : Object.values(keys))[0];

const device = () => {
  const account = new Vodozemac.Account();
  account.generate_fallback_key();
  return { account, identity: account.curve25519_key, fallback: curve25519(account.fallback_key) };
};

const encryptOlm = (session) => {
  const message = session.encrypt(plain);
  const copy = { type: message.message_type, body: message.ciphertext };
  message.free();
  return copy;
};

const decryptOlm = (session, { type, body }) => session.decrypt(type, body).length;

const open = (alice, bob) => alice.account.create_outbound_session(bob.identity, bob.fallback);

const accept = (bob, alice, { type, body }) => {
  const created = bob.account.create_inbound_session(alice.identity, type, body);
  const length = created.plaintext.length;
  return { length, session: created.session }; // taking the session frees what held it
};

/** Two sessions whose sides have heard each other. */
const conversation = () => {
  const [alice, bob] = [device(), device()];
  const sender = open(alice, bob);
  const receiver = accept(bob, alice, encryptOlm(sender)).session;
  decryptOlm(sender, encryptOlm(receiver));
  return { sender, receiver };
};

const group = () => {
  const speaker = new Vodozemac.GroupSession();
  return { speaker, sessionKey: speaker.session_key };
};

const decryptGroup = (listener, body) => {
  const message = listener.decrypt(body);
  const length = message.plaintext.length;
  message.free();
  return length;
};

const times = (make) => Array.from({ length: count }, make);

/** Each prepares, and answers how one operation is performed. */
const operations = {
  'megolm-encrypt'() {
    const { speaker } = group();
    return () => speaker.encrypt(plain).length;
  },
  'megolm-decrypt'() {
    const { speaker, sessionKey } = group();
    const messages = times(() => speaker.encrypt(plain));
    let listener;
    return (i) => {
      if (i === 0) {
        listener?.free();
        listener = new Vodozemac.InboundGroupSession(sessionKey);
      }
      return decryptGroup(listener, messages[i]);
    };
  },
  'megolm-create': () => () => {
    new Vodozemac.GroupSession().free();
    return 1;
  },
  'megolm-join'() {
    const { sessionKey } = group();
    return () => {
      new Vodozemac.InboundGroupSession(sessionKey).free();
      return 1;
    };
  },
  'megolm-export'() {
    const listener = new Vodozemac.InboundGroupSession(group().sessionKey);
    return () => listener.export_at(0).length;
  },
  'megolm-advance'() {
    const { sessionKey } = group();
    let listener;
    return (i) => {
      if (i === 0) {
        listener?.free();
        listener = new Vodozemac.InboundGroupSession(sessionKey);
      }
      return listener.export_at(ADVANCE * (i + 1)).length; // it moves the newest ratchet
    };
  },
  'olm-encrypt'() {
    const { sender } = conversation();
    return () => encryptOlm(sender).body.length;
  },
  'olm-decrypt'() {
    const { sender, receiver } = conversation();
    decryptOlm(receiver, encryptOlm(sender));
    const messages = times(() => encryptOlm(sender));
    const stored = receiver.pickle(PICKLE_KEY);
    let restored;
    return (i) => {
      if (i === 0) {
        restored?.free();
        restored = Vodozemac.Session.from_pickle(stored, PICKLE_KEY);
      }
      return decryptOlm(restored, messages[i]);
    };
  },
  'olm-turn'() {
    const { sender, receiver } = conversation();
    return () => decryptOlm(receiver, encryptOlm(sender)) + decryptOlm(sender, encryptOlm(receiver));
  },
  'olm-open'() {
    const [alice, bob] = [device(), device()];
    return () => {
      open(alice, bob).free();
      return 1;
    };
  },
  'olm-accept'() {
    const [alice, bob] = [device(), device()];
    const first = encryptOlm(open(alice, bob));
    return () => {
      const { session, length } = accept(bob, alice, first);
      session.free();
      return length;
    };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command, name, bytes, repetitions] = line.split(' ');
  if (command === 'prepare') {
    count = Number(repetitions);
    plain = new Uint8Array(Number(bytes)).fill(107);
    perform = operations[name]();
    process.stdout.write('ready\n');
  } else if (command === 'run') {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += perform(i);
    }
    const { user, system } = process.cpuUsage();
    process.stdout.write(`done ${sum} ${(user + system) * 1000}\n`);
  } else {
    throw new Error(`did not understand ${line}`);
  }
}
