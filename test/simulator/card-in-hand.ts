import {
  buildDataObjectList,
  type Command,
  decode,
  decodeNumeric,
  decodeResponse,
  encodeCommand,
  findFirst,
  flatten,
  fromAscii,
  fromHex,
  getData,
  getProcessingOptions,
  type Response,
  readRecord,
  select,
  staticDataToAuthenticate,
} from '../../emv/index.js';
import {
  type ApplicationProfile,
  type CardFile,
  type CardProfile,
  createTestPki,
  type IssueOptions,
  issueCard,
  loadProfile,
  openCard,
  type SoftwareCard,
} from '../../simulator/index.js';

/** Small keys, so that a test need not wait for large ones. */
export const pki = createTestPki('tests', { certificationAuthorityBits: 1408, issuerBits: 1408 });

export const APPLICATION = fromHex('A000000333010101');

/** Terminal data of a bus validator: offline only, 2 yuan, dynamic authentication of version 01. */
export const BUS: Readonly<Record<string, string>> = {
  '9F66': '28000080',
  '9F02': '000000000200',
  '9F03': '000000000000',
  '9F1A': '0156',
  '95': '0000000000',
  '5F2A': '0156',
  '9A': '160104',
  '9C': '00',
  '9F37': '01020304',
  '9F21': '081530',
};

export const random = (length: number) => new Uint8Array(length).fill(0xa5);

const issued = new Map<string, CardFile>();

/** A card as its issuer hands it out. Making RSA keys is what takes the time, so the same card is issued once. */
export function issue(profile: string, options: IssueOptions = {}): CardFile {
  const name = JSON.stringify([profile, options]);
  const card = issued.get(name) ?? issueCard(loadProfile(profile), pki, options);
  issued.set(name, card);
  return structuredClone(card);
}

/** What is different about a card's application; of its electronic cash too only what differs. */
export type Personalized = Partial<Omit<ApplicationProfile, 'electronicCash'>> & {
  readonly electronicCash?: Partial<NonNullable<ApplicationProfile['electronicCash']>>;
};

/** The card of a profile with something different about its first application, or about the card itself. */
export function issueChanged(
  name: string,
  { electronicCash, ...changed }: Personalized,
  { card, chain = pki }: { readonly card?: Partial<CardProfile> | undefined; readonly chain?: typeof pki } = {},
): CardFile {
  const profile = loadProfile(name);
  const [first, ...others] = profile.applications;
  const application = {
    ...first!,
    ...changed,
    ...(electronicCash && { electronicCash: { ...first!.electronicCash!, ...electronicCash } }),
  };
  return issueCard({ ...profile, ...card, applications: [application, ...others] }, chain);
}

export function open(profile: string, options: IssueOptions = {}): SoftwareCard {
  const card = openCard(issue(profile, options), { random });
  card.powerOn();
  return card;
}

export function send(card: Pick<SoftwareCard, 'transmit'>, command: Command): Response {
  return decodeResponse(card.transmit(encodeCommand(command)));
}

export function statusOf(card: SoftwareCard, hex: string): string {
  return decodeResponse(card.transmit(fromHex(hex.replaceAll(' ', ''))))
    .statusWord.toString(16)
    .toUpperCase();
}

export const terminalData = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([tag, value]) => [tag, fromHex(value)]));

/** Selects the application and gets its processing options. */
export function start(
  card: Pick<SoftwareCard, 'transmit'>,
  values: Readonly<Record<string, string>> = BUS,
  name: Uint8Array = APPLICATION,
) {
  send(card, select(fromAscii('2PAY.SYS.DDF01')));
  const selected = send(card, select(name));
  const list = findFirst(decode(selected.data), '6F', 'A5', '9F38')!.value;
  const response = send(card, getProcessingOptions(buildDataObjectList(list, terminalData(values))));
  return { response, data: flatten(decode(response.data)) };
}

export interface LocatedRecord {
  readonly shortFileIdentifier: number;
  readonly recordNumber: number;
  readonly signed: boolean;
}

/** The records of an application file locator in its order. */
export function recordsOf(locator: Uint8Array): LocatedRecord[] {
  const records: LocatedRecord[] = [];
  for (let offset = 0; offset < locator.length; offset += 4) {
    const [file, first, last, signed] = locator.subarray(offset, offset + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    for (let recordNumber = first; recordNumber <= last; recordNumber++) {
      records.push({ shortFileIdentifier: file >> 3, recordNumber, signed: recordNumber < first + signed });
    }
  }
  return records;
}

/** What of the records is signed. */
export const staticDataOf = (records: readonly (LocatedRecord & { readonly bytes: Uint8Array })[]) =>
  staticDataToAuthenticate(
    records
      .filter(({ signed }) => signed)
      .map(({ shortFileIdentifier, recordNumber }) => ({
        shortFileIdentifier,
        firstRecord: recordNumber,
        lastRecord: recordNumber,
        authenticatedRecords: 1,
      })),
    records,
  );

/** A whole tap; `records` in the order of the locator. */
export function tap(
  card: Pick<SoftwareCard, 'transmit'>,
  values: Readonly<Record<string, string>> = BUS,
  name: Uint8Array = APPLICATION,
) {
  const { response, data } = start(card, values, name);
  const records = recordsOf(data.get('94') ?? new Uint8Array(0)).map((record) => ({
    ...record,
    bytes: send(card, readRecord(record.shortFileIdentifier, record.recordNumber)).data,
  }));
  for (const { bytes } of records) for (const [tag, value] of flatten(decode(bytes))) data.set(tag, value);
  return { response, data, records };
}

export function balanceOf(card: SoftwareCard): number {
  return card.inspect().applications[0]!.purse.balanceFen;
}

/** What the card itself says of its balance. */
export function balanceSaid(card: SoftwareCard): number | undefined {
  send(card, select(APPLICATION));
  return decodeNumeric(findFirst(decode(send(card, getData('9F79')).data), '9F79')!.value);
}
