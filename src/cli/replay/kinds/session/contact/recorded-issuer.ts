import { encode, encodeCommand, instructions, type PortAnswer, toAscii } from '../../../../../../emv/index.js';
import type { RecordedCommand } from './recorded-commands.js';

const TC = 0x40;
const CRYPTOGRAM = 0xc0;
/** ARPC and authorization response code, as PBOC has them in 91. */
const AUTHENTICATION_DATA_LENGTH = 10;
/** The terminal's own codes for an issuer that it could not reach. */
const UNABLE: ReadonlySet<string> = new Set(['Y3', 'Z3']);

/**
 * The issuer's answer as far as it left traces in the commands after the first GENERATE AC: EXTERNAL AUTHENTICATE has
 * 91, CDOL2 data has 8A, and every other command was a script's. Without any the answer is still to come.
 */
export function recordedIssuer(commands: readonly RecordedCommand[]): PortAnswer<'authorize-online'> {
  const first = commands.findIndex(({ ins }) => ins === instructions.generateCryptogram);
  const after = first < 0 ? [] : commands.slice(first + 1);
  if (after.length === 0) return { kind: 'authorize-online', result: 'pending' };
  const secondAt = after.findIndex(({ ins }) => ins === instructions.generateCryptogram);
  const second = after[secondAt];
  const external = after.find(({ ins }) => ins === instructions.externalAuthenticate)?.data;
  const code = responseCode(second?.told.get('8A'), external, second);
  if (UNABLE.has(code)) return { kind: 'authorize-online', result: 'unable' };
  const issuerAuthenticationData = external ?? second?.told.get('91');
  const end = secondAt < 0 ? after.length : secondAt;
  return {
    kind: 'authorize-online',
    result: 'answered',
    authorizationResponseCode: code,
    issuerAuthenticationData,
    scripts: [...script('71', after.slice(0, end)), ...script('72', after.slice(end + 1))],
  };
}

function responseCode(
  inCdol2: Uint8Array | undefined,
  external: Uint8Array | undefined,
  second: RecordedCommand | undefined,
): string {
  if (inCdol2 !== undefined) return toAscii(inCdol2);
  if (external?.length === AUTHENTICATION_DATA_LENGTH) return toAscii(external.subarray(-2));
  return second !== undefined && (second.p1 & CRYPTOGRAM) === TC ? '00' : '05';
}

function script(tag: '71' | '72', commands: readonly RecordedCommand[]): Uint8Array[] {
  const sent = commands.filter(({ ins }) => ins !== instructions.externalAuthenticate && ins !== instructions.getData);
  if (sent.length === 0) return [];
  return [encode([{ tag, children: sent.map((command) => ({ tag: '86', value: encodeCommand(command) })) }])];
}
