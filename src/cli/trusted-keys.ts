import {
  type CertificationAuthorityKey,
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  wellKnownKeys,
} from '../../emv/index.js';
import { createTestPki, testCaKeys, testRevocations } from '../../simulator/index.js';
import { identityOf } from './keys/key-identity.js';

export interface TrustOptions {
  /** Whether test keys count: those of the software cards, and those that the user imported as such. */
  readonly testCards: boolean;
}

export interface Trust {
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates: RID ‖ index ‖ serial number in hex. */
  readonly revoked: ReadonlySet<string>;
}

/** The schemes' published live keys; with `testCards` the test certification authority of the software cards as well. */
export function trustedKeys(options: TrustOptions): CertificationAuthorityKeyStore {
  return createCertificationAuthorityKeyStore(keysInTheBox(options));
}

/** The same, then the keys that `yongtap keys import` keeps in the state folder, then those of files. */
export async function loadTrust(
  options: TrustOptions & {
    readonly state: string;
    readonly files?: readonly string[];
    readonly revoked?: readonly string[];
    /** The keys of a terminal's list: in place of those in the box. */
    readonly listed?: readonly CertificationAuthorityKey[] | undefined;
    readonly listedRevoked?: ReadonlySet<string> | undefined;
  },
): Promise<Trust> {
  const [{ readKeyStore }, { readKeyFiles }] = await Promise.all([
    import('./keys/key-store-file.js'),
    import('./keys/read-key-files.js'),
  ]);
  const kept = await readKeyStore(options.state);
  const given = await readKeyFiles([...(options.files ?? []), ...(options.revoked ?? [])]);
  const inTheBox = options.listed?.filter(({ use }) => use !== 'test' || options.testCards) ?? keysInTheBox(options);
  const own = [...kept.keys, ...given.keys].filter(({ use }) => use !== 'test' || options.testCards);
  return {
    caKeys: createCertificationAuthorityKeyStore(withoutDoubles([...inTheBox, ...own])),
    revoked: new Set([
      ...(options.testCards ? testRevocations(createTestPki()) : []),
      ...kept.revoked,
      ...given.revoked,
      ...(options.listedRevoked ?? []),
    ]),
  };
}

function keysInTheBox({ testCards }: TrustOptions): CertificationAuthorityKey[] {
  const live = wellKnownKeys({ use: 'live' });
  return testCards ? [...live, ...keysOfTestCards()] : live;
}

/** The software cards' own certification authority. */
export function keysOfTestCards(): CertificationAuthorityKey[] {
  return testCaKeys(createTestPki());
}

/** One key each; of two that are the same the one that says when it ends. */
function withoutDoubles(keys: readonly CertificationAuthorityKey[]): CertificationAuthorityKey[] {
  const byKey = new Map<string, CertificationAuthorityKey>();
  for (const key of keys) {
    const name = identityOf(key);
    byKey.set(name, { ...byKey.get(name), ...key });
  }
  return [...byKey.values()];
}
