import { Console } from 'node:console';
import { Writable } from 'node:stream';
import ber, { type Tlv as BerTlv } from 'ber-tlv';
import emv, { type Tlv as EmvObject } from 'node-emv';
import nodeTlv, { type Tlv as NodeTlv } from 'node-tlv';
import tlv, { type TLV } from 'tlv';
import { type DataObject, fromHex, isConstructedTag, toHex } from '../../../emv/index.js';
import { readVectors } from '../read-vectors.js';

/** A tree that compares: a tag with its value in hex, or with its children. */
export type Plain = readonly (string | Plain)[];

export const plain = (list: readonly DataObject[]): Plain =>
  list.map(({ tag, value, children }) => [tag, children === undefined ? toHex(value) : plain(children)]);

const plainOfTlv = (list: readonly TLV[]): Plain =>
  list.map(({ tag, value }) => [
    tag.toString(16).toUpperCase().padStart(2, '0'),
    Array.isArray(value) ? plainOfTlv(value) : toHex(value),
  ]);

const plainOfBer = (list: readonly BerTlv[]): Plain =>
  list.map(({ tag, type, value, items }) => [tag.toUpperCase(), type === 1 ? plainOfBer(items!) : toHex(value!)]);

const plainOfNodeTlv = (list: readonly NodeTlv[]): Plain =>
  list.map(({ tag, value, child }) => [tag, isConstructedTag(tag) ? plainOfNodeTlv(child) : value]);

const plainOfEmv = (list: readonly EmvObject[]): Plain =>
  list.map(({ tag, value }) => [tag, typeof value === 'string' ? value : plainOfEmv(value)]);

/** A BER-TLV package of npm: `decode` is what a bench measures, its input in the form that the package wants. */
export interface Peer<Input = unknown, Tree = unknown> {
  readonly name: string;
  input(bytes: Uint8Array): Input;
  decode(input: Input): Tree;
  plain(tree: Tree): Plain;
}

const peer = <Input, Tree>(definition: Peer<Input, Tree>) => definition as Peer;

const nowhere = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));

/** It writes a line to the console for each length of more bytes than one: that is made, and goes nowhere. */
function quietly<T>(run: () => T): T {
  const { log } = console;
  console.log = nowhere.log;
  try {
    return run();
  } finally {
    console.log = log;
  }
}

function decodeWithNodeEmv(hex: string): readonly EmvObject[] {
  let objects: readonly EmvObject[] = [];
  quietly(() => {
    emv.parse(hex, (parsed) => {
      objects = parsed;
    });
  });
  return objects;
}

export const peers: readonly Peer[] = [
  peer({
    name: 'tlv 1.1.1',
    input: (bytes) => Buffer.from(bytes),
    decode: (bytes) => tlv.parseAll(bytes),
    plain: plainOfTlv,
  }),
  peer({
    name: 'ber-tlv 0.9.2',
    input: (bytes) => Buffer.from(bytes),
    decode: (bytes) => ber.TlvFactory.parse(bytes),
    plain: plainOfBer,
  }),
  peer({ name: 'node-tlv 1.5.14', input: toHex, decode: (hex) => nodeTlv.parseList(hex), plain: plainOfNodeTlv }),
  peer({ name: 'node-emv 1.0.23', input: toHex, decode: decodeWithNodeEmv, plain: plainOfEmv }),
];

const recorded = readVectors('tlv-decode', 'tlv.decode');
const session = readVectors('session-qpboc-made', 'session').find(({ id }) => id === 'ses-made-approved-largest-keys')!;

/** A record of a real card with its certificate, 254 bytes. */
export const record = fromHex(
  recorded.find(({ id }) => id === 'tlv-emv-bertlv-contact-mastercard-03')!.input.hex as string,
);

/** All that a card says in one tap, 1.1 kB, without status words. */
export const sessionBlob = fromHex(
  (session.input.transcript as { response: string }[]).map(({ response }) => response.slice(0, -4)).join(''),
);
