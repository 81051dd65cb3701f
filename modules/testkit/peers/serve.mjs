// What every foreign peer does: it is driven by one JSON object a line on standard input and answers with one a line on
// standard output. Bytes travel as base64.
//
//   {"id": 1, "lib": "libolm", "op": "account", "args": {}}  ->  {"id": 1, "ok": {...}} or {"id": 1, "error": "..."}
//
// An error is what the library refuses; a question that makes no sense ends the peer.
import { createInterface } from 'node:readline';

const objects = new Map();
let nextHandle = 1;

export const keep = (object) => {
  objects.set(nextHandle, object);
  return nextHandle++;
};

export const at = (handle) => {
  const object = objects.get(handle);
  if (object === undefined) {
    process.stderr.write(`no object ${handle}\n`);
    process.exit(1);
  }
  return object;
};

export const bytes = (base64) => Buffer.from(base64, 'base64');

export const serve = async (libraries) => {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, lib, op, args } = JSON.parse(line);
    const operation = libraries[lib][op];
    if (operation === undefined) {
      process.stderr.write(`no operation ${lib}.${op}\n`);
      process.exit(1);
    }
    let answer;
    try {
      answer = { id, ok: await operation(args ?? {}) };
    } catch (error) {
      answer = { id, error: String(error?.message ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
};
