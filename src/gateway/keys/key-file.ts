import { z } from 'zod';
import { GatewayKeysError } from './gateway-keys-error.js';
import { masterKeyId, unwrapKey, wrapKey } from './master-key.js';

const KEY_LENGTH = 32;

/** The secrets of `keys.json`, unwrapped. */
export interface KeyFile {
  /** Under which master key they stand; missing where they stand in clear. */
  readonly masterKey?: string | undefined;
  /** Names cards. It can never change: every card would get another name. */
  readonly tokenKey: Uint8Array;
  /** Seal what is stored; the last seals what is new, those before it open what is old. */
  readonly dataKeys: readonly { readonly id: string; readonly key: Uint8Array }[];
}

const hex = z.string().regex(new RegExp(`^[0-9a-f]{${KEY_LENGTH * 2}}$`));

/** As the first versions wrote it. */
const firstSchema = z.strictObject({ tokenKey: hex, personalDataKey: hex });

const secondSchema = z.strictObject({
  version: z.literal(2),
  /** Empty: in clear, in hex. */
  masterKey: z.string().nullable(),
  tokenKey: z.string(),
  dataKeys: z.array(z.strictObject({ id: z.string(), key: z.string() })).min(1),
});

export const FIRST_DATA_KEY = 'dk_1';

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const toHex = (key: Uint8Array): string => Buffer.from(key).toString('hex');

/** Throws GatewayKeysError. `path`: for errors. */
export function parseKeyFile(text: string, path: string, master?: Uint8Array | undefined): KeyFile {
  const file = parseText(text, path);
  if ('personalDataKey' in file) {
    const dataKeys = [{ id: FIRST_DATA_KEY, key: fromHex(file.personalDataKey) }];
    return { tokenKey: fromHex(file.tokenKey), dataKeys };
  }
  const { masterKey, tokenKey, dataKeys } = file;
  const open = (value: string, place: string): Uint8Array => {
    if (masterKey === null) return hex.safeParse(value).success ? fromHex(value) : damaged(path);
    if (!master) throw new GatewayKeysError('keys-wrapped', `${path} is wrapped under the master key ${masterKey}`);
    if (masterKeyId(master) !== masterKey) {
      const message = `${path} is wrapped under the master key ${masterKey}, and ${masterKeyId(master)} was given`;
      throw new GatewayKeysError('keys-wrapped', message);
    }
    try {
      return unwrapKey(master, value, place);
    } catch {
      return damaged(path);
    }
  };
  return {
    ...(masterKey !== null && { masterKey }),
    tokenKey: open(tokenKey, 'token'),
    dataKeys: dataKeys.map(({ id, key }) => ({ id, key: open(key, id) })),
  };
}

/** Under which master key a file stands; `undefined` where it stands in clear. Throws GatewayKeysError. */
export function masterKeyOf(text: string, path: string): string | undefined {
  const file = parseText(text, path);
  return 'personalDataKey' in file ? undefined : (file.masterKey ?? undefined);
}

/** Under a master key, or in clear without one. */
export function formatKeyFile(
  { tokenKey, dataKeys }: KeyFile,
  master: Uint8Array | undefined,
  random: (length: number) => Uint8Array,
): string {
  const close = (key: Uint8Array, place: string) => (master ? wrapKey(master, key, place, random) : toHex(key));
  const file = {
    version: 2,
    masterKey: master ? masterKeyId(master) : null,
    tokenKey: close(tokenKey, 'token'),
    dataKeys: dataKeys.map(({ id, key }) => ({ id, key: close(key, id) })),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function parseText(text: string, path: string) {
  try {
    return z.union([firstSchema, secondSchema]).parse(JSON.parse(text));
  } catch {
    return damaged(path);
  }
}

function damaged(path: string): never {
  const message = `${path} is damaged; without it the books beside it cannot be read: put it back from a copy`;
  throw new GatewayKeysError('keys-damaged', message);
}
