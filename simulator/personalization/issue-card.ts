import { concat, fromHex, toHex } from '../../emv/bytes.js';
import type { CardApplication, CardFile, CardPrivateKey, CardRecord } from '../card/index.js';
import { applicationData } from './application-data.js';
import { type Certificate, certifyCard, signStaticData } from './pki/certificates.js';
import { deriveCardKey } from './pki/derive-card-key.js';
import { generateRsaKey, type RsaKey } from './pki/generate-rsa-key.js';
import { toBytes } from './pki/rsa-signature.js';
import { SeededStream } from './pki/seeded-stream.js';
import type { TestIssuer, TestPki } from './pki/test-pki.js';
import { ProfileError } from './profile-error.js';
import { type ApplicationProfile, type CardProfile, profileSchema } from './profile-schema.js';
import { fileLocator, packRecords, pick, type RecordObject, recordContent } from './records.js';

export interface IssueOptions {
  /** What the card's own key follows from; without it the PAN. */
  readonly seed?: string;
  /** 16 or 19 digits of the issuer's range, of the first application. */
  readonly pan?: string;
  readonly cardholderName?: string;
  /** Of the first application's electronic cash. */
  readonly balanceFen?: number;
}

const HOLDER_FILE = 1;
const CERTIFICATE_FILE = 2;
const SIGNED_FILE = 3;
const TRANSACTION_FILE = 4;
const HOLDER_TAGS = ['57', '5F20'];
/** 5F24, 5A and 9F4A stand in one record (JR/T 0025.12-2013 7.5). */
const SIGNED_TAGS = {
  contactless: ['5F24', '5F25', '5A', '9F4A', '9F07', '9F08', '5F28'],
  contact: ['5A', '5F34', '8E', '9F0D', '9F0E', '9F0F', '5F24', '5F28', '9F07', '5F25', '9F4A', '8C', '8D'],
} as const;
const CONTACT_UNSIGNED_TAGS = ['9F08', '9F42'];
/** The last record, of 32 bytes at most, whose reading completes the transaction (JR/T 0025.12-2013 7.5). */
const LAST_RECORD_TAGS = ['9F74', '9F69'];
/** A dynamic signature of a longer key leaves no room for another object beside it in a record. */
const SIGNATURE_LENGTH_BESIDE_AMOUNT_MAX = 238;

/**
 * Personalizes a card of a profile under a test chain. The same profile, chain and options give the same card, byte for
 * byte. Throws {@link ProfileError} `profile-invalid` for options that the profile or the chain does not allow (a PAN
 * that is none, a balance above the limit, a key longer than the issuer's: EMV 4.3 Book 2 §6.1).
 */
export function issueCard(profile: CardProfile, pki: TestPki, options: IssueOptions = {}): CardFile {
  const { applications, ...card } = withOptions(profile, options);
  const issuer = pki.issuer(card.issuer);
  if (card.keyBits > issuer.key.length * 8) {
    throw new ProfileError('profile-invalid', `keyBits: longer than the issuer's key of ${issuer.key.length * 8} bits`);
  }
  const seed = `${pki.seed}/card/${options.seed ?? applications[0]!.pan}`;
  const certified = generateRsaKey(`${seed}/rsa`, card.keyBits, 3);
  const signing =
    card.fault === 'signs-with-another-key' ? generateRsaKey(`${seed}/forged`, card.keyBits, 3) : certified;
  const issuing = { profile: { ...card, applications }, pki, issuer, certified, seed };
  return {
    format: 'yongtap-card',
    version: 1,
    profile: card.name,
    interface: card.interface,
    issuer: issuer.name,
    cardholderName: card.cardholderName,
    ...(card.fault === undefined ? {} : { fault: card.fault }),
    ...(card.interface === 'contactless' ? { privateKey: privateKey(signing) } : {}),
    applications: applications.map((application) => personalize(issuing, application)),
    state: applications.map((application) => ({
      applicationTransactionCounter: 0,
      lastOnlineApplicationTransactionCounter: application.lastOnlineApplicationTransactionCounter,
      pinTriesLeft: application.pinTries,
      balance: application.electronicCash?.balanceFen ?? 0,
      cumulativeOfflineAmount: 0,
      foreignCurrencyTransactions: 0,
      log: [],
    })),
  };
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

interface Issuing {
  readonly profile: CardProfile;
  readonly pki: TestPki;
  readonly issuer: TestIssuer;
  readonly certified: RsaKey;
  readonly seed: string;
}

function personalize(issuing: Issuing, application: ApplicationProfile): CardApplication {
  const { profile, issuer } = issuing;
  const data = applicationData(profile, application);
  const files =
    profile.interface === 'contactless'
      ? contactlessFiles(issuing, application, data)
      : contactFiles(issuing, application, data);
  const { pan, panSequenceNumber } = application;
  const key = (name: keyof TestIssuer['masterKeys']) =>
    toHex(deriveCardKey(issuer.masterKeys[name], pan, panSequenceNumber));
  return {
    applicationIdentifier: application.applicationIdentifier,
    label: application.label,
    ...(application.priority === undefined ? {} : { priority: application.priority }),
    data: { ...data, '94': files.locator },
    cryptogramVersion: application.cryptogramVersion,
    keyDerivationIndex: application.keyDerivationIndex,
    keys: {
      applicationCryptogram: key('applicationCryptogram'),
      messageAuthentication: key('messageAuthentication'),
    },
    records: files.records,
  };
}

interface Files {
  readonly records: CardRecord[];
  readonly locator: string;
}

/** Certificates, signed data, then what is made for the transaction; the last record stands alone. */
function contactlessFiles(issuing: Issuing, application: ApplicationProfile, data: Record<string, string>): Files {
  const { profile, issuer, certified, seed } = issuing;
  const signed = pick(data, SIGNED_TAGS.contactless);
  const [year, month] = [profile.certificateExpires.slice(2, 4), profile.certificateExpires.slice(5)];
  const card = certifyCard({
    issuer: issuer.key,
    card: certified,
    pan: application.pan,
    expires: `${month}${year}`,
    serialNumber: new SeededStream(`${seed}/serial-number/${application.pan}`).next(3),
    staticData: staticData(data, signed),
  });
  const certificates = packRecords(CERTIFICATE_FILE, [
    ...issuerCertificate(issuing),
    ...certificateObjects(card, { certificate: '9F46', exponent: '9F47', remainder: '9F48' }),
  ]);
  const signedRecords = packRecords(SIGNED_FILE, signed);
  const transaction = transactionRecords(certified.length);
  return {
    records: [...packRecords(HOLDER_FILE, pick(data, HOLDER_TAGS)), ...certificates, ...signedRecords, ...transaction],
    locator: fileLocator([
      { records: certificates, signed: 0 },
      { records: signedRecords, signed: signedRecords.length },
      { records: transaction, signed: 0 },
    ]),
  };
}

/** JR/T 0025.12-2013 7.5 and table 12: with a key above 1024 bits, 9F4B and 9F5D stand in records, not the last. */
function transactionRecords(keyLength: number): CardRecord[] {
  const beside = keyLength <= SIGNATURE_LENGTH_BESIDE_AMOUNT_MAX;
  const contents = beside ? [['9F4B', '9F5D'], LAST_RECORD_TAGS] : [['9F4B'], ['9F5D'], LAST_RECORD_TAGS];
  return contents.map((objects, index) => ({
    shortFileIdentifier: TRANSACTION_FILE,
    recordNumber: index + 1,
    objects,
  }));
}

/** Static authentication, as cards had it before the exchange. */
function contactFiles(issuing: Issuing, application: ApplicationProfile, data: Record<string, string>): Files {
  const signed = pick(data, SIGNED_TAGS.contact);
  const code = new SeededStream(`${issuing.seed}/data-authentication-code/${application.pan}`).next(2);
  const holder = packRecords(HOLDER_FILE, pick(data, HOLDER_TAGS));
  const certificates = packRecords(CERTIFICATE_FILE, [
    ...issuerCertificate(issuing),
    { tag: '93', value: signStaticData(issuing.issuer.key, code, staticData(data, signed)) },
    ...pick(data, CONTACT_UNSIGNED_TAGS),
  ]);
  const signedRecords = packRecords(SIGNED_FILE, signed);
  return {
    records: [...holder, ...certificates, ...signedRecords],
    locator: fileLocator([
      { records: holder, signed: 0 },
      { records: certificates, signed: 0 },
      { records: signedRecords, signed: signedRecords.length },
    ]),
  };
}

/** The signed records, then the profile that 9F4A names (EMV 4.3 Book 3 §10.3). */
function staticData(data: Record<string, string>, signed: readonly RecordObject[]): Uint8Array {
  return concat(recordContent(signed), fromHex(data['82']!));
}

function issuerCertificate({ pki, issuer }: Issuing): RecordObject[] {
  const [first, ...others] = certificateObjects(issuer.certificate, {
    certificate: '90',
    exponent: '9F32',
    remainder: '92',
  });
  return [first!, { tag: '8F', value: fromHex(pki.keyIndex) }, ...others];
}

function certificateObjects(
  { certificate, exponent, remainder }: Certificate,
  tags: Readonly<Record<keyof Certificate, string>>,
): RecordObject[] {
  return [
    { tag: tags.certificate, value: certificate },
    { tag: tags.exponent, value: exponent },
    ...(remainder.length === 0 ? [] : [{ tag: tags.remainder, value: remainder }]),
  ];
}

function privateKey({ modulus, publicExponent, privateExponent, primes, length }: RsaKey): CardPrivateKey {
  const half = (prime: bigint) => toHex(toBytes(prime, length / 2));
  return {
    modulus: toHex(toBytes(modulus, length)),
    publicExponent: publicExponent === 3n ? '03' : '010001',
    privateExponent: toHex(toBytes(privateExponent, length)),
    primes: [half(primes[0]), half(primes[1])],
  };
}
