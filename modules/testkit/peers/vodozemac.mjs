// vodozemac's WebAssembly build under Node.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { webcrypto } from 'node:crypto';
import * as Vodozemac from 'vodozemac-wasm-bindings/vodozemac.js';

globalThis.crypto ??= webcrypto;

// The package's start function expects a browser window and panics; the instance itself stays usable.
const folder = dirname(createRequire(import.meta.url).resolve('vodozemac-wasm-bindings/vodozemac.js'));
const report = console.error;
console.error = () => {};
try {
  Vodozemac.initSync({ module: readFileSync(join(folder, 'vodozemac_bg.wasm')) });
} catch {
  // Harmless, see above.
}
console.error = report;

export default Vodozemac;
