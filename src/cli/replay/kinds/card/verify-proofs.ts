import {
  applicationCryptogram,
  applicationCryptogramData,
  createCertificationAuthorityKeyStore,
  cryptogramVersionOf,
  encode,
  readApplicationFileLocator,
  staticDataToAuthenticate,
  toHex,
  verifyCda,
  verifyDda,
  verifyFdda,
} from '../../../../../emv/index.js';
import { testCaKeys } from '../../../../../simulator/index.js';
import type { Difference } from '../../vector.js';
import type { CardRun, Seen } from './card-run.js';
import { terminalMap } from './terminal-map.js';

/** A day within the life of every card of the vectors. */
const DATE = '2020-01-25';

/** The cryptogram as an issuer with the card's keys computes it; `undefined` where 9F10 does not say how. */
export function issuerCryptogram(run: CardRun, seen: Seen): Uint8Array | undefined {
  const { cryptogramAlgorithm: algorithm } = run.application;
  const profile = run.gpo?.tags.get('82');
  const data = new Map([...terminalMap(run.terminal), ...seen.tags, ...(profile ? [['82', profile] as const] : [])]);
  const version = cryptogramVersionOf(toHex((seen.tags.get('9F10') ?? new Uint8Array(8)).subarray(2, 3)));
  if (version === undefined) return undefined;
  const key = run.sessionKey('applicationCryptogram');
  return applicationCryptogram({ algorithm, key, data: applicationCryptogramData(version, data) });
}

/** Holds the cryptogram of an answer, or the one that its signature carries, against the issuer's. */
export function verifyCryptogram(run: CardRun, seen: Seen, path: string): Difference[] {
  const answered = seen.tags.get('9F26') ?? signedCryptogram(run, seen);
  const computed = issuerCryptogram(run, seen);
  if (computed === undefined || answered === undefined)
    return [{ path: `${path}.verifyAC`, expected: true, actual: false }];
  const [expected, actual] = [toHex(computed), toHex(answered)];
  return expected === actual ? [] : [{ path: `${path}.verifyAC`, expected, actual }];
}

function signedCryptogram(run: CardRun, seen: Seen): Uint8Array | undefined {
  const data = new Map([...(run.gpo?.tags ?? []), ...run.read, ...seen.tags]);
  const result = resultOf(run, seen, 'CDA', authenticationOf(run, data));
  return result.ok && 'applicationCryptogram' in result ? result.applicationCryptogram : undefined;
}

/** The signature with the certificates in the card's records; all of them have to have been read. */
export function verifySignature(
  run: CardRun,
  seen: Seen,
  kind: 'fDDA00' | 'fDDA01' | 'DDA' | 'CDA',
  path: string,
): Difference[] {
  const data = new Map([...(run.gpo?.tags ?? []), ...run.read, ...seen.tags]);
  const hasVersion01 = data.has('9F69');
  const wantsVersion01 = kind === 'fDDA01';
  if (kind.startsWith('fDDA') && hasVersion01 !== wantsVersion01) {
    return [{ path: `${path}.verifySDAD`, expected: kind, actual: hasVersion01 ? 'fDDA01' : 'fDDA00' }];
  }
  const result = resultOf(run, seen, kind, authenticationOf(run, data));
  return result.ok ? [] : [{ path: `${path}.verifySDAD`, expected: kind, actual: result.reason }];
}

function authenticationOf(run: CardRun, data: ReadonlyMap<string, Uint8Array>) {
  return {
    rid: run.pki.rid,
    caKeys: createCertificationAuthorityKeyStore(testCaKeys(run.pki)),
    date: DATE,
    data,
    staticData: staticDataToAuthenticate(readApplicationFileLocator(run.locator), run.records),
  };
}

function resultOf(
  run: CardRun,
  seen: Seen,
  kind: string,
  input: Parameters<typeof verifyDda>[0] extends infer Input ? Omit<Input, 'terminalData'> : never,
) {
  const terminal = terminalMap(run.terminal);
  const unpredictableNumber = terminal.get('9F37') ?? new Uint8Array(4);
  if (kind === 'DDA') {
    const signature = seen.tags.get('9F4B') ?? seen.tags.get('80') ?? new Uint8Array(0);
    const data = new Map([...input.data, ['9F4B', signature] as const]);
    return verifyDda({ ...input, data, terminalData: unpredictableNumber });
  }
  if (kind === 'CDA') {
    const signed = ['9F27', '9F36', '9F10'].map((tag) => ({ tag, value: seen.tags.get(tag) ?? new Uint8Array(0) }));
    return verifyCda({
      ...input,
      unpredictableNumber,
      pdolData: run.optionsData,
      cdolData: run.listedData,
      responseData: encode(signed),
      cryptogramInformationData: seen.tags.get('9F27') ?? new Uint8Array(1),
    });
  }
  const data = new Map([...terminal, ...input.data]);
  if (kind === 'fDDA00') data.delete('9F69');
  return verifyFdda({ ...input, data });
}
