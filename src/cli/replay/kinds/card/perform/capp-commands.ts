import {
  appendCappRecord,
  cappMac,
  concat,
  encryptCappRecordKey,
  fromHex,
  headerOf,
  readCappData,
  toHex,
  updateCappDataCache,
  withMac,
} from '../../../../../../emv/index.js';
import { tradeManagementKey } from '../../../../../../simulator/index.js';
import { VectorError } from '../../../vector-error.js';
import type { CardRun, Seen } from '../card-run.js';
import { numberOf, type StepOf } from '../step-schema.js';

interface RecordFile {
  readonly p2?: string | undefined;
  readonly sfi?: number | string | undefined;
}

const TERMINAL_RANDOM = '0102030405060708';
const MAC_LENGTH = 4;

/** DF61 1.8 (JR/T 0025.14-2013 annex D). */
const RESPONSE_MAC = 0x80;

const hasResponseMac = ({ application }: CardRun): boolean =>
  ((fromHex(application.data.DF61 ?? '00')[0] ?? 0) & RESPONSE_MAC) !== 0;

/** P2 as a step writes it, or of the file that it names. */
function parameterOf({ p2, sfi }: RecordFile): number {
  if (p2 !== undefined) return Number.parseInt(p2, 16);
  if (sfi === undefined) throw new VectorError('step', 'p2 or sfi must be given');
  return numberOf(sfi) << 3;
}

export function readCapp(run: CardRun, step: StepOf<'readCapp'>): Seen {
  const p2 = parameterOf(step);
  const challenge = step.random ?? (hasResponseMac(run) ? TERMINAL_RANDOM : '');
  const seen = run.send({ ...readCappData(p2 >> 3, fromHex(step.id + challenge)), p2 });
  // Behind the record stands the card's MAC.
  const record = seen.sw === '9000' && hasResponseMac(run) ? seen.response.data.subarray(0, -MAC_LENGTH) : undefined;
  return { ...seen, value: record ?? seen.response.data };
}

export function updateCapp(run: CardRun, step: StepOf<'updateCapp'>): Seen {
  const p2 = parameterOf(step);
  const content = contentOf(step);
  const { cryptogramAlgorithm: algorithm } = run.application;
  const command = { ...updateCappDataCache(p2 >> 3, content), p2 };
  const key = managementKeyOf(run, p2 >> 3, content);
  const mac = cappMac({ algorithm, key, atc: run.counter, header: headerOf(command), data: content });
  return run.send(withMac(command, asWanted(mac, step)));
}

export function appendRecord(run: CardRun, step: StepOf<'appendRecord'>): Seen {
  const p2 = parameterOf(step);
  const file = p2 >> 3;
  const content = contentOf(step);
  const { cryptogramAlgorithm: algorithm, cappFiles } = run.application;
  const opening = fromHex(cappFiles.find((one) => one.shortFileIdentifier === file)?.openingKey ?? '00'.repeat(16));
  const key = encryptCappRecordKey(algorithm, opening, managementKeyOf(run, file, content));
  const atc = run.getData('9F36').value ?? run.counter;
  const command = { ...appendCappRecord(file, key, content), p2 };
  const mac = cappMac({ algorithm, key: opening, atc, header: headerOf(command), data: command.data });
  return run.send(withMac(command, asWanted(mac, step)));
}

function asWanted(mac: Uint8Array, step: Pick<StepOf<'updateCapp'>, 'mac'>): Uint8Array {
  if (step.mac === 'absent') return new Uint8Array(0);
  if (step.mac !== 'valid') mac[0]! ^= 0xff;
  return mac;
}

interface Content {
  readonly id?: string | undefined;
  readonly length?: number | undefined;
  readonly data?: string | undefined;
}

/** A record of the wanted length, different from one command to the next. */
function contentOf({ id, length: size = 0, data }: Content): Uint8Array {
  if (data !== undefined) return fromHex(data);
  const body = new Uint8Array(size).fill(0x11);
  if (id === undefined || id === 'none') return body;
  body.set([0x01, 0x01, 0x00].slice(0, size));
  return concat(fromHex(id), Uint8Array.of(size), body);
}

function managementKeyOf(run: CardRun, file: number, content: Uint8Array): Uint8Array {
  const cyclic = run.application.cappFiles.find((one) => one.shortFileIdentifier === file)?.kind === 'cyclic';
  return tradeManagementKey(run.pki, file, cyclic ? '' : toHex(content.subarray(0, 2)));
}
