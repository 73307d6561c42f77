import { z } from 'zod';
import { GatewayKeysError } from './gateway-keys-error.js';
import { masterKeyId, unwrapKey, wrapKey } from './master-key.js';

const schema = z.strictObject({
  version: z.literal(1),
  wrapped: z.literal('issuer-keys'),
  masterKey: z.string(),
  content: z.string(),
});

const PLACE = 'issuer-keys';

/** A file of keys under a master key (AES-256-GCM), as a text of its own. */
export function wrapText(text: string, master: Uint8Array, random: (length: number) => Uint8Array): string {
  const content = wrapKey(master, Buffer.from(text, 'utf8'), PLACE, random);
  return `${JSON.stringify({ version: 1, wrapped: PLACE, masterKey: masterKeyId(master), content }, undefined, 2)}\n`;
}

/** Which master key a text is wrapped under; `undefined` where it stands in clear. Throws GatewayKeysError. */
export function wrappedUnder(text: string, path: string): string | undefined {
  return text.trimStart().startsWith('{') ? parse(text, path).masterKey : undefined;
}

/** A text as it was before it was wrapped; one that stands in clear is itself. Throws GatewayKeysError. */
export function unwrapText(text: string, path: string, master: Uint8Array | undefined): string {
  const under = wrappedUnder(text, path);
  if (under === undefined) return text;
  if (!master || masterKeyId(master) !== under) {
    const given = master ? `${masterKeyId(master)} was given` : 'none was given';
    throw new GatewayKeysError('keys-wrapped', `${path} is wrapped under the master key ${under}, and ${given}`);
  }
  try {
    return Buffer.from(unwrapKey(master, parse(text, path).content, PLACE)).toString('utf8');
  } catch {
    return damaged(path);
  }
}

function parse(text: string, path: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return damaged(path);
  }
}

function damaged(path: string): never {
  throw new GatewayKeysError('keys-damaged', `${path} is damaged: put it back from a copy`);
}
