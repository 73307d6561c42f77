import type { VectorRunner } from '../vector.js';

/** A runner is loaded when the first vector of its kind comes. */
const runners: Readonly<Record<string, () => Promise<VectorRunner>>> = {
  'tlv.decode': async () => (await import('./tlv-decode.js')).runner,
  'tlv.encode': async () => (await import('./tlv-encode.js')).runner,
  'dol.build': async () => (await import('./dol-build.js')).runner,
  'apdu.response': async () => (await import('./apdu-response.js')).runner,
  'keys.checksum': async () => (await import('./keys-checksum.js')).runner,
  'oda.sda': async () => (await import('./oda-sda.js')).runner,
  'oda.dda': async () => (await import('./oda-dda.js')).runner,
  'oda.fdda': async () => (await import('./oda-fdda.js')).runner,
  'oda.cda': async () => (await import('./oda-cda.js')).runner,
  'cryptogram.derive': async () => (await import('./cryptogram-derive.js')).runner,
  'cryptogram.session': async () => (await import('./cryptogram-session.js')).runner,
  'cryptogram.ac': async () => (await import('./cryptogram-ac.js')).runner,
  'cryptogram.arpc': async () => (await import('./cryptogram-arpc.js')).runner,
  'cryptogram.kcv': async () => (await import('./cryptogram-kcv.js')).runner,
  'cryptogram.script-data': async () => (await import('./cryptogram-script-data.js')).runner,
  'cryptogram.pin-block': async () => (await import('./cryptogram-pin-block.js')).runner,
  'hash.sm3': async () => (await import('./hash-sm3.js')).runner,
  'cipher.sm4': async () => (await import('./cipher-sm4.js')).runner,
  'signature.sm2': async () => (await import('./signature-sm2.js')).runner,
  session: async () => (await import('./session.js')).runner,
  card: async () => (await import('./card/index.js')).runner,
  price: async () => (await import('./price.js')).runner,
};

const loaded = new Map<string, Promise<VectorRunner>>();

/** Even to find a module that is there costs more than a vector takes: each runner is asked for once. */
export async function runnerOf(kind: string): Promise<VectorRunner | undefined> {
  const known = loaded.get(kind);
  if (known !== undefined) return known;
  if (!Object.hasOwn(runners, kind)) return undefined;
  const runner = runners[kind]!();
  loaded.set(kind, runner);
  return runner;
}
