import { toHex } from '../../emv/bytes.js';
import { deriveCardKey, type SymmetricAlgorithm } from '../../emv/cryptogram/index.js';
import { type CardApplication, objectsOf, type PublicKeyAlgorithm } from '../card/index.js';
import { applicationData, type PersonalizedData } from './application-data.js';
import { cappFiles } from './capp-files.js';
import { type ContactLocators, contactFiles } from './contact-files.js';
import { contactlessFiles } from './contactless-files.js';
import { certifiersFor, files, HOLDER_TAGS, type Issuing } from './issuing.js';
import type { TestIssuer } from './pki/test-pki.js';
import type { ApplicationProfile } from './profile/profile-schema.js';
import { RecordFiles } from './records.js';

/** An application with its keys and records, for each of its algorithms. */
export function personalizeApplication(issuing: Issuing, application: ApplicationProfile): CardApplication {
  const personalized = applicationData(issuing.profile, application);
  const { records, locators } = applicationFiles(issuing, application, personalized);
  const algorithms = certifiersFor(issuing, application).map(({ algorithm }) => algorithm);
  const [first, second] = algorithms.map((algorithm, index) => ({
    ...symmetricKeys(issuing.issuer, application, cryptogramAlgorithmOf(application, algorithm)),
    ...locators[index]!,
  }));
  const { pin } = application;
  const { contactData, electronicCashData } = personalized;
  return {
    applicationIdentifier: application.applicationIdentifier,
    label: application.label,
    ...(application.priority === undefined ? {} : { priority: application.priority }),
    responseFormat: application.responseFormat,
    cryptogramVersion: application.cryptogramVersion,
    keyDerivationIndex: application.keyDerivationIndex,
    discretionaryKind: application.discretionaryKind,
    habits: application.habits,
    publicKeyAlgorithms: algorithms,
    ...first!,
    data: { ...personalized.data, ...first!.data },
    ...(contactData && { contactData: { ...contactData, ...first!.contactData } }),
    ...(electronicCashData && { electronicCashData: { ...electronicCashData, ...first!.electronicCashData } }),
    ...(second && { smTransaction: { ...second, cryptogramAlgorithm: 'sm4' } }),
    ...(pin === undefined ? {} : { pin }),
    records,
  };
}

/** RSA goes with 3DES, SM2 with SM4 (JR/T 0025.17-2013 10.2), unless an application with one of them wants another. */
function cryptogramAlgorithmOf(
  { cryptogramAlgorithm }: ApplicationProfile,
  algorithm: PublicKeyAlgorithm,
): SymmetricAlgorithm {
  return cryptogramAlgorithm ?? (algorithm === 'sm2' ? 'sm4' : '3des');
}

function symmetricKeys(issuer: TestIssuer, application: ApplicationProfile, algorithm: SymmetricAlgorithm) {
  const { pan, panSequenceNumber: psn } = application;
  const key = (name: keyof TestIssuer['masterKeys']) =>
    toHex(deriveCardKey({ method: 'option-a', algorithm, masterKey: issuer.masterKeys[name], pan, psn }));
  return {
    cryptogramAlgorithm: algorithm,
    keys: {
      applicationCryptogram: key('applicationCryptogram'),
      messageAuthentication: key('messageAuthentication'),
      encipherment: key('encipherment'),
    },
    cappFiles: cappFiles(issuer, application, algorithm),
  };
}

/** The records of both interfaces, and for each algorithm the locators that lead a terminal through them. */
function applicationFiles(
  issuing: Issuing,
  application: ApplicationProfile,
  { data, contactData, electronicCashData }: PersonalizedData,
) {
  const card = new RecordFiles();
  const { profile } = issuing;
  const holder = card.pack(files.holder, objectsOf(data, HOLDER_TAGS));
  const contactless = profile.interface === 'contact' ? undefined : contactlessFiles(card, issuing, application, data);
  const contact =
    profile.interface === 'contactless'
      ? undefined
      : contactFiles(card, issuing, {
          application,
          data: { ...data, ...contactData },
          electronicCashProfile: electronicCashData?.['82'],
          holder,
        });
  return {
    records: card.records,
    locators: application.publicKeyAlgorithms.map((_, index) => locatorData(contactless?.[index], contact?.[index])),
  };
}

function locatorData(contactless: string | undefined, contact: ContactLocators | undefined) {
  const { locator, electronicCashLocator } = contact ?? {};
  return {
    data: { '94': (contactless ?? locator)! },
    ...(contactless !== undefined && locator !== undefined && { contactData: { '94': locator } }),
    ...(electronicCashLocator !== undefined && { electronicCashData: { '94': electronicCashLocator } }),
  };
}
