import {
  applicationCryptogram,
  applicationCryptogramData,
  arpc,
  buildDataObjectList,
  concat,
  decode,
  deriveSessionKey,
  findFirst,
  flatten,
  fromAscii,
  fromHex,
  getProcessingOptions,
  readRecord,
  select,
  toHex,
} from '../../emv/index.js';
import { type CardFile, openCard, type SoftwareCard } from '../../simulator/index.js';
import { APPLICATION, type LocatedRecord, random, recordsOf, send, terminalData } from './card-in-hand.js';

/** Terminal data of a shop: 10 yuan. */
export const SHOP: Readonly<Record<string, string>> = {
  '9F02': '000000001000',
  '9F03': '000000000000',
  '9F1A': '0156',
  '95': '0000000000',
  '5F2A': '0156',
  '9A': '160104',
  '9F21': '101530',
  '9C': '00',
  '9F37': '11223344',
  '9F33': 'E0F8C8',
  '9F4E': '00'.repeat(20),
  '9F7A': '00',
};

const typeBits = { AAC: 0x00, TC: 0x40, ARQC: 0x80 } as const;

export interface Generated {
  readonly statusWord: number;
  readonly type?: 'AAC' | 'TC' | 'ARQC';
  readonly cryptogram: Uint8Array;
  /** 9F10 in hex. */
  readonly issuerApplicationData: string;
  /** The four bytes of the card verification results. */
  readonly results: string;
  readonly answer: Uint8Array;
  readonly cdolData: Uint8Array;
}

/** A card in a slot, and an issuer that has its keys. */
export class ContactInHand {
  readonly card: SoftwareCard;
  readonly data = new Map<string, Uint8Array>();
  pdolData = new Uint8Array(0);
  records: (LocatedRecord & { readonly bytes: Uint8Array })[] = [];

  constructor(
    readonly file: CardFile,
    private readonly name: Uint8Array = APPLICATION,
  ) {
    this.card = openCard(file, { random });
    this.card.powerOn('contact');
  }

  send(hex: string) {
    const answer = this.card.transmit(fromHex(hex.replaceAll(' ', '')));
    return { data: answer.subarray(0, -2), sw: toHex(answer.subarray(-2)) };
  }

  start(values: Readonly<Record<string, string>> = {}): string {
    this.card.powerOff();
    this.card.powerOn('contact');
    this.data.clear();
    const selected = send(this.card, select(this.name));
    const list = findFirst(decode(selected.data), '6F', 'A5', '9F38')!.value;
    this.pdolData = Uint8Array.from(buildDataObjectList(list, terminalData({ ...SHOP, ...values })));
    const { data, statusWord } = send(this.card, getProcessingOptions(this.pdolData));
    if (statusWord === 0x9000) this.#takeOptions(data);
    return statusWord.toString(16);
  }

  #takeOptions(data: Uint8Array): void {
    const options = flatten(decode(data));
    const bare = options.get('80');
    this.data.set('82', bare?.subarray(0, 2) ?? options.get('82')!);
    this.data.set('94', bare?.subarray(2) ?? options.get('94')!);
  }

  readAll(): void {
    this.records = recordsOf(this.data.get('94')!).map((record) => ({
      ...record,
      bytes: send(this.card, readRecord(record.shortFileIdentifier, record.recordNumber)).data,
    }));
    for (const { bytes } of this.records) for (const [tag, value] of flatten(decode(bytes))) this.data.set(tag, value);
  }

  verify(pin: string): string {
    const block = `2${pin.length.toString(16)}${pin}`.padEnd(16, 'F');
    return this.send(`0020008008${block}`).sw;
  }

  generate(
    occurrence: 1 | 2,
    type: keyof typeof typeBits,
    values: Readonly<Record<string, string>> = {},
    { signed = false } = {},
  ): Generated {
    const list = fromHex(this.file.applications[0]!.data[occurrence === 1 ? '8C' : '8D']!);
    const cdolData = buildDataObjectList(list, terminalData({ ...SHOP, ...values }));
    const p1 = typeBits[type] | (signed ? 0x10 : 0);
    const command = { cla: 0x80, ins: 0xae, p1, p2: 0, data: cdolData, le: 0 };
    const { data, statusWord } = send(this.card, command);
    const objects = flatten(statusWord === 0x9000 ? decode(data) : []);
    const bare = objects.get('80');
    const information = bare?.[0] ?? objects.get('9F27')?.[0];
    const issuerApplicationData = bare?.subarray(11) ?? objects.get('9F10') ?? new Uint8Array(0);
    const found = Object.entries(typeBits).find(
      ([, bits]) => information !== undefined && (information & 0xc0) === bits,
    );
    return {
      statusWord,
      ...(found && { type: found[0] as keyof typeof typeBits }),
      cryptogram: bare?.subarray(3, 11) ?? objects.get('9F26') ?? new Uint8Array(0),
      issuerApplicationData: toHex(issuerApplicationData),
      results: toHex(issuerApplicationData.subarray(3, 7)),
      answer: data,
      cdolData,
    };
  }

  get counter(): Uint8Array {
    const counter = this.card.inspect().applications[0]!.counters.applicationTransactionCounter;
    return Uint8Array.of(counter >> 8, counter & 0xff);
  }

  sessionKey(name: 'applicationCryptogram' | 'messageAuthentication' | 'encipherment'): Uint8Array {
    const { keys, cryptogramAlgorithm: algorithm } = this.file.applications[0]!;
    return deriveSessionKey({ method: 'pboc', algorithm, key: fromHex(keys[name]!), atc: this.counter });
  }

  /** The cryptogram as the issuer computes it. */
  expectedCryptogram(issuerApplicationData: string, values: Readonly<Record<string, string>> = {}): string {
    const data = terminalData({
      ...SHOP,
      ...values,
      '82': toHex(this.data.get('82')!),
      '9F36': toHex(this.counter),
      '9F10': issuerApplicationData,
    });
    const { cryptogramAlgorithm: algorithm } = this.file.applications[0]!;
    const key = this.sessionKey('applicationCryptogram');
    return toHex(applicationCryptogram({ algorithm, key, data: applicationCryptogramData('01', data) }));
  }

  authenticateIssuer(arqc: Uint8Array, code: string, { valid = true } = {}): string {
    const arc = fromAscii(code);
    const { cryptogramAlgorithm: algorithm } = this.file.applications[0]!;
    const answer = arpc({ method: '1', algorithm, key: this.sessionKey('applicationCryptogram'), arqc, arc });
    if (!valid) answer[0]! ^= 0xff;
    return this.send(`008200000A${toHex(concat(answer, arc))}`).sw;
  }
}
