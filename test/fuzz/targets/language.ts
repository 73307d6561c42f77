import {
  AnswerToResetError,
  ApduError,
  bitTables,
  buildDataObjectList,
  type DataObject,
  decode,
  decodeAnswerToReset,
  decodeCommand,
  decodeDataObjectList,
  decodeResponse,
  describeBits,
  describeValue,
  encode,
  encodeCappRecord,
  encodeCommand,
  encodeResponse,
  equalBytes,
  explain,
  explainAnswerToReset,
  explainCommand,
  explainDataObjectList,
  explainResponse,
  fromHex,
  HexError,
  readApplicationFileLocator,
  readApplicationInterchangeProfile,
  readCappRecord,
  readCardTransactionQualifiers,
  readIssuerApplicationData,
  readStorageCard,
  readTerminalTransactionQualifiers,
  readTerminalVerificationResults,
  readTransactionStatusInformation,
  TlvError,
  tagDefinitions,
  toHex,
  ValueError,
  walk,
} from '../../../emv/index.js';
import { recognise } from '../../../src/cli/decode/recognise.js';
import { bytesOf, type FuzzTarget, hold, textOf } from '../fuzz-target.js';
import { commands, objects, responses, valuesOf } from '../seeds.js';

const plain = (list: readonly DataObject[]): unknown[] =>
  list.map(({ tag, value, children }) => [tag, children ? plain(children) : toHex(value)]);

const lists = valuesOf('9F38', '8C', '8D', '9F49', '97', '9F4F');

/** A tag of the dictionary is chosen by the first two bytes; the rest is its value. */
const tagged = (input: Uint8Array): [string, Uint8Array] => {
  const [high = 0, low = 0] = input;
  return [tagDefinitions[((high << 8) | low) % tagDefinitions.length]!.tag, input.subarray(2)];
};
const valueSeeds = tagDefinitions.flatMap(({ tag }, index) =>
  [...valuesOf(tag).slice(0, 2), new Uint8Array(2)].map((value) => Uint8Array.of(index >> 8, index & 0xff, ...value)),
);

const bitReaders = [
  readApplicationInterchangeProfile,
  readCardTransactionQualifiers,
  readTerminalTransactionQualifiers,
  readTerminalVerificationResults,
  readTransactionStatusInformation,
];

/** Decoders of the card language, which know nobody else. */
export const languageTargets: readonly FuzzTarget[] = [
  {
    name: 'hex',
    seeds: () => [bytesOf('9F2608AABB'), bytesOf('0g')],
    form: 'text',
    refusals: [HexError],
    run(input) {
      const bytes = fromHex(textOf(input));
      hold(toHex(bytes) === textOf(input).toUpperCase(), 'the same hex again');
      return bytes;
    },
  },
  {
    name: 'tlv',
    seeds: () => objects,
    refusals: [TlvError],
    run(input) {
      const tree = decode(input);
      for (const { value } of walk(tree)) hold(value.buffer === input.buffer, 'a value is a view on the input');
      const encoded = encode(tree);
      hold(equalBytes(encode(decode(encoded)), encoded), 'decoded and encoded, the same bytes again');
      return plain(tree);
    },
  },
  {
    name: 'data-object-list',
    seeds: () => lists,
    refusals: [TlvError],
    run(input) {
      const entries = decodeDataObjectList(input);
      const again = entries.map(({ tag, length }) => tag + toHex(Uint8Array.of(length))).join('');
      hold(again === toHex(input), 'its entries are the list');
      const built = buildDataObjectList(input, new Map([['9F02', Uint8Array.of(2)]]));
      hold(built.length === entries.reduce((sum, { length }) => sum + length, 0), 'as long as the list says');
      return entries;
    },
  },
  {
    name: 'command',
    seeds: () => commands,
    refusals: [ApduError],
    run(input) {
      const command = decodeCommand(input);
      const encoded = encodeCommand(command);
      hold(equalBytes(encodeCommand(decodeCommand(encoded)), encoded), 'encoded and decoded, the same bytes again');
      return command;
    },
  },
  {
    name: 'response',
    seeds: () => responses,
    refusals: [ApduError],
    run(input) {
      const response = decodeResponse(input);
      hold(equalBytes(encodeResponse(response.data, response.statusWord), input), 'encoded, the same bytes again');
      return response;
    },
  },
  {
    name: 'file-locator',
    seeds: () => valuesOf('94'),
    refusals: [ValueError],
    run(input) {
      const entries = readApplicationFileLocator(input);
      const again = entries.flatMap((entry) => [
        entry.shortFileIdentifier << 3,
        ...[entry.firstRecord, entry.lastRecord, entry.authenticatedRecords],
      ]);
      hold(equalBytes(Uint8Array.from(again), input), 'its entries are the locator');
      return entries;
    },
  },
  {
    name: 'issuer-application-data',
    seeds: () => valuesOf('9F10'),
    refusals: [ValueError],
    run: readIssuerApplicationData,
  },
  {
    name: 'capp-record',
    seeds: () => [fromHex('315005010100AABB'), fromHex('000103010200')],
    refusals: [ValueError],
    run(input) {
      const record = readCappRecord(input);
      hold(equalBytes(encodeCappRecord(record), input), 'encoded, the same bytes again');
      return record;
    },
  },
  {
    name: 'bits',
    seeds: () => bitTables.map((_, index) => Uint8Array.of(index, 0xff, 0xff, 0xff, 0xff, 0xff)),
    refusals: [ValueError],
    run([table = 0, ...value]) {
      const bytes = Uint8Array.from(value);
      const [tag = ''] = bitTables[table % bitTables.length]!.tags;
      return { bits: describeBits(tag, bytes), read: bitReaders[table % bitReaders.length]!(bytes) };
    },
  },
  {
    name: 'answer-to-reset',
    seeds: () =>
      ['3B8F8001804F0CA000000306030001000000006A', '3B80800101', '3B6800000073C84012009000', '3FFF95'].map(fromHex),
    refusals: [AnswerToResetError],
    run: (input) => ({
      card: readStorageCard(decodeAnswerToReset(input).historicalBytes),
      read: decodeAnswerToReset(input),
    }),
  },
  {
    name: 'explain-answer-to-reset',
    seeds: () => ['3B8F8001804F0CA000000306030001000000006A', '3B80800101', '3B6800000073C84012009000'].map(fromHex),
    refusals: [AnswerToResetError],
    run: (input) => explainAnswerToReset(input),
  },
  { name: 'describe-value', seeds: () => valueSeeds, refusals: [], run: (input) => describeValue(...tagged(input)) },
  { name: 'explain', seeds: () => objects, refusals: [TlvError], run: (input) => explain(input, { language: 'zh' }) },
  {
    name: 'explain-command',
    seeds: () => commands,
    refusals: [ApduError, TlvError],
    run: (input) => explainCommand(input, { dataObjectList: lists[input.length % lists.length]! }),
  },
  {
    name: 'explain-response',
    seeds: () => responses,
    refusals: [ApduError, TlvError],
    run: (input) => explainResponse(input),
  },
  {
    name: 'explain-data-object-list',
    seeds: () => lists,
    refusals: [TlvError],
    run: (input) => explainDataObjectList(input),
  },
  { name: 'recognise', seeds: () => [...objects, ...commands, ...responses, ...lists], refusals: [], run: recognise },
];
