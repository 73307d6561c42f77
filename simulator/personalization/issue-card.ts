import { toHex } from '../../emv/bytes.js';
import { deriveCardKey } from '../../emv/cryptogram/index.js';
import type { CardApplication, CardFile, CardPrivateKey, CardRecord } from '../card/index.js';
import { toBigEndian } from '../numbers/big-endian.js';
import { applicationData } from './application-data.js';
import { cappFiles } from './capp-files.js';
import { contactFiles } from './contact-files.js';
import { contactlessFiles } from './contactless-files.js';
import { issuerOfCard } from './flaws/issuer-of-card.js';
import { initialState } from './initial-state.js';
import type { Issuing } from './issuing.js';
import { generateRsaKey, type RsaKey } from './pki/generate-rsa-key.js';
import type { TestIssuer, TestPki } from './pki/test-pki.js';
import { ProfileError } from './profile/profile-error.js';
import { type ApplicationProfile, type CardProfile, profileSchema } from './profile/profile-schema.js';

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
  const issuer = issuerOfCard(pki, card);
  if (card.keyBits > issuer.key.length * 8) {
    throw new ProfileError('profile-invalid', `keyBits: longer than the issuer's key of ${issuer.key.length * 8} bits`);
  }
  const seed = `${pki.seed}/card/${options.seed ?? applications[0]!.pan}`;
  const certified = generateRsaKey(`${seed}/rsa`, card.keyBits, 3);
  const signing =
    card.flaw === 'signs-with-another-key' ? generateRsaKey(`${seed}/forged`, card.keyBits, 3) : certified;
  const issuing = { profile: { ...card, applications }, pki, issuer, certified, seed };
  const personalized = applications.map((application) => personalize(issuing, application));
  return {
    format: 'yongtap-card',
    version: 1,
    profile: card.name,
    interface: card.interface,
    issuer: issuer.name,
    cardholderName: card.cardholderName,
    ...(card.flaw === undefined ? {} : { flaw: card.flaw }),
    ...(card.faults === undefined ? {} : { faults: card.faults }),
    ...(applications.some((application) => isDynamic(card.interface, application))
      ? { privateKey: privateKey(signing) }
      : {}),
    applications: personalized,
    state: applications.map((application, index) => initialState(pki, application, personalized[index]!)),
  };
}

/** A card that signs nothing has no key of its own. */
function isDynamic(over: CardProfile['interface'], { offlineAuthentication }: ApplicationProfile): boolean {
  return over !== 'contact' || offlineAuthentication?.some((kind) => kind !== 'static') === true;
}

function withOptions(profile: CardProfile, { pan, cardholderName, balanceFen }: IssueOptions): CardProfile {
  const [first, ...others] = profile.applications;
  const cash = first!.electronicCash;
  const parsed = profileSchema.safeParse({
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
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new ProfileError('profile-invalid', `${path.join('.')}: ${message}`, { path: path.join('.') });
}

function personalize(issuing: Issuing, application: ApplicationProfile): CardApplication {
  const { profile, issuer } = issuing;
  const { data, contactData, electronicCashData } = applicationData(profile, application);
  const over = profile.interface;
  const contactless = over === 'contact' ? undefined : contactlessFiles(issuing, application, data);
  const contact =
    over === 'contactless'
      ? undefined
      : contactFiles(issuing, application, { ...data, ...contactData }, electronicCashData?.['82']);
  const { pan, panSequenceNumber, pin } = application;
  const key = (name: keyof TestIssuer['masterKeys']) =>
    toHex(
      deriveCardKey({
        method: 'option-a',
        algorithm: application.cryptogramAlgorithm,
        masterKey: issuer.masterKeys[name],
        pan,
        psn: panSequenceNumber,
      }),
    );
  const electronicCashLocator = contact?.electronicCashLocator;
  return {
    applicationIdentifier: application.applicationIdentifier,
    label: application.label,
    ...(application.priority === undefined ? {} : { priority: application.priority }),
    data: { ...data, '94': (contactless ?? contact)!.locator },
    ...(contactData === undefined ? {} : { contactData: { ...contactData, '94': contact!.locator } }),
    ...(electronicCashLocator === undefined
      ? {}
      : { electronicCashData: { ...electronicCashData, '94': electronicCashLocator } }),
    responseFormat: application.responseFormat,
    cryptogramVersion: application.cryptogramVersion,
    cryptogramAlgorithm: application.cryptogramAlgorithm,
    keyDerivationIndex: application.keyDerivationIndex,
    discretionaryKind: application.discretionaryKind,
    keys: {
      applicationCryptogram: key('applicationCryptogram'),
      messageAuthentication: key('messageAuthentication'),
      encipherment: key('encipherment'),
    },
    habits: application.habits,
    cappFiles: cappFiles(issuer, application),
    ...(pin === undefined ? {} : { pin }),
    records: distinct([...(contactless?.records ?? []), ...(contact?.records ?? [])]),
  };
}

/** Both paths lead through the holder's records, which stand on the card once. */
function distinct(records: readonly CardRecord[]): CardRecord[] {
  return [
    ...new Map(
      records.map((record) => [`${record.shortFileIdentifier} ${record.recordNumber}`, record] as const),
    ).values(),
  ];
}

function privateKey({ modulus, publicExponent, privateExponent, primes, length }: RsaKey): CardPrivateKey {
  const half = (prime: bigint) => toHex(toBigEndian(prime, length / 2));
  return {
    modulus: toHex(toBigEndian(modulus, length)),
    publicExponent: publicExponent === 3n ? '03' : '010001',
    privateExponent: toHex(toBigEndian(privateExponent, length)),
    primes: [half(primes[0]), half(primes[1])],
  };
}
