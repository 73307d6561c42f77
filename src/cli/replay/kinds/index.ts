import type { VectorRunner } from '../vector.js';

/** A runner is loaded when the first vector of its kind comes. */
const runners: Readonly<Record<string, () => Promise<VectorRunner>>> = {
  'tlv.decode': async () => (await import('./tlv-decode.js')).runner,
  'tlv.encode': async () => (await import('./tlv-encode.js')).runner,
  'dol.build': async () => (await import('./dol-build.js')).runner,
  'apdu.response': async () => (await import('./apdu-response.js')).runner,
  'keys.checksum': async () => (await import('./keys-checksum.js')).runner,
  session: async () => (await import('./session.js')).runner,
  price: async () => (await import('./price.js')).runner,
};

export async function runnerOf(kind: string): Promise<VectorRunner | undefined> {
  return Object.hasOwn(runners, kind) ? runners[kind]?.() : undefined;
}
