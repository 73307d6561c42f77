import { issueText } from '../../emv/schema-issues.js';
import type { CardFile } from '../card/index.js';
import type { CertifierInput } from './certification/certifier-input.js';
import { rsaCertifier } from './certification/rsa-certifier.js';
import { sm2Certifier } from './certification/sm2-certifier.js';
import { initialState } from './initial-state.js';
import type { Issuing } from './issuing.js';
import { personalizeApplication } from './personalize-application.js';
import type { TestPki } from './pki/test-pki.js';
import { ProfileError } from './profile/profile-error.js';
import { type ApplicationProfile, type CardProfile, profileSchema } from './profile/profile-schema.js';
import { transportApplication } from './transport-application.js';

export interface IssueOptions {
  /** What the card's own key follows from; without it the PAN. */
  readonly seed?: string;
  /** 16 or 19 digits of the issuer's range, of the first application. */
  readonly pan?: string;
  readonly cardholderName?: string;
  /** Of the first application's electronic cash. */
  readonly balanceFen?: number;
}

/**
 * Personalizes a card of a profile under a test chain. The same profile, chain and options give the same card, byte for
 * byte. Throws {@link ProfileError} `profile-invalid` for options that the profile or the chain does not allow (a PAN
 * that is none, a balance above the limit, a key longer than the issuer's: EMV 4.3 Book 2 §6.1).
 */
export function issueCard(profile: CardProfile, pki: TestPki, options: IssueOptions = {}): CardFile {
  const { applications, ...card } = withOptions(profile, options);
  const issuer = pki.issuer(card.issuer);
  const seed = `${pki.seed}/card/${options.seed ?? applications[0]!.pan}`;
  const input = { profile: { ...card, applications }, pki, seed };
  const issuing = { ...input, issuer, certifiers: certifiersOf(input) };
  const personalized = applications.map((application) => personalizeApplication(issuing, application));
  return {
    format: 'yongtap-card',
    version: 1,
    profile: card.name,
    interface: card.interface,
    issuer: issuer.name,
    cardholderName: card.cardholderName,
    ...(card.flaw === undefined ? {} : { flaw: card.flaw }),
    ...(card.faults === undefined ? {} : { faults: card.faults }),
    ...privateKeys(issuing),
    ...(card.transport === undefined ? {} : { transport: transportApplication(card.transport) }),
    applications: personalized,
    state: applications.map((application, index) => initialState(pki, application, personalized[index]!)),
  };
}

const certifierOf = { rsa: rsaCertifier, sm2: sm2Certifier } as const;

/** One for each algorithm that an application has. */
function certifiersOf(input: CertifierInput): Issuing['certifiers'] {
  const algorithms = new Set(input.profile.applications.flatMap((application) => application.publicKeyAlgorithms));
  return Object.fromEntries([...algorithms].map((algorithm) => [algorithm, certifierOf[algorithm](input)]));
}

/** The keys that an application signs with at the tap. */
function privateKeys({ profile, certifiers }: Issuing): Pick<CardFile, 'privateKey' | 'sm2PrivateKey'> {
  const dynamic = profile.applications.filter((application) => isDynamic(profile.interface, application));
  const signing = new Set(dynamic.flatMap((application) => application.publicKeyAlgorithms));
  return Object.assign({}, ...[...signing].map((algorithm) => certifiers[algorithm]?.privateKey));
}

/** A card that signs nothing has no key of its own. */
function isDynamic(over: CardProfile['interface'], { offlineAuthentication }: ApplicationProfile): boolean {
  return over !== 'contact' || offlineAuthentication?.some((kind) => kind !== 'static') === true;
}

function withOptions(profile: CardProfile, { pan, cardholderName, balanceFen }: IssueOptions): CardProfile {
  const [first, ...others] = profile.applications;
  const cash = first!.electronicCash;
  const changed = {
    ...profile,
    ...(cardholderName === undefined ? {} : { cardholderName }),
    applications: [
      {
        ...first,
        ...(pan === undefined ? {} : { pan }),
        ...(balanceFen === undefined || cash === undefined ? {} : { electronicCash: { ...cash, balanceFen } }),
      },
      ...others,
    ],
  };
  const parsed = profileSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ProfileError('profile-invalid', issueText(changed, issue!), { path: issue!.path.join('.') });
}
