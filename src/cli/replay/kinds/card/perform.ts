import {
  arpc,
  buildDataObjectList,
  cappMac,
  concat,
  encryptCappRecordKey,
  fromAscii,
  fromHex,
  readApplicationFileLocator,
  toHex,
} from '../../../../../emv/index.js';
import { tradeManagementKey } from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';
import { type CardRun, lengthAnd, type Seen } from './card-run.js';
import { scriptCommandOf } from './script-command.js';
import type { Step, StepOf } from './step-schema.js';

type Performer<Name extends Step['do']> = (run: CardRun, step: StepOf<Name>) => readonly Seen[];

const requestBits = { AAC: 0x00, TC: 0x40, ARQC: 0x80 } as const;
const COMBINED = 0x10;
/** Two bytes, as P1 and P2 of GET DATA hold them. */
const TAG_MAX = 0xffff;
const KINDS = { right: undefined, wrong: '9999' } as const;

const numberOf = (value: number | string): number => (typeof value === 'number' ? value : Number.parseInt(value, 16));

const terminalMap = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([tag, value]) => [tag, fromHex(value)]));

/** What each step does with the card; what it saw, one entry for each command that its expectations are held against. */
export const performers: { readonly [Name in Exclude<Step['do'], 'macro'>]: Performer<Name> } = {
  reset: () => [],
  selectPPSE: (run) => [run.sendHex(`00A40400${lengthAnd(fromAscii('2PAY.SYS.DDF01'))}00`)],
  selectPSE: (run) => [run.sendHex(`00A40400${lengthAnd(fromAscii('1PAY.SYS.DDF01'))}00`)],
  select: (run, { aid, occurrence }) => [run.select(fromHex(aid), occurrence)],
  gpo: (run, step) => Array.from({ length: step.repeat ?? 1 }, () => getProcessingOptions(run, step)),
  readAll: (run) => readAll(run),
  readRecord: (run, { sfi, record }) => [readRecord(run, numberOf(sfi), record)],
  getData: (run, { tag }) =>
    typeof tag === 'string'
      ? [withValue(run.getData(tag))]
      : tag.ranges.flatMap(tagsOfRange).map((one) => withValue(run.getData(one))),
  internalAuth: (run, { data }) => [run.sendHex(`00880000${lengthAnd(fromHex(data))}00`)],
  getChallenge: (run) => [run.sendHex('0084000000')],
  genAC: (run, step) => [generate(run, step)],
  verify: (run, { p2, pin, times }) => {
    const digits = pin === 'right' ? run.pin : (KINDS[pin as keyof typeof KINDS] ?? pin);
    const tries = times === 'PTC' ? run.amountOf('9F17') : times;
    const block = `2${digits.length.toString(16)}${digits}`.padEnd(16, 'F');
    const answers = Array.from({ length: tries }, () => run.sendHex(`002000${p2}08${block}`));
    return answers.slice(-1);
  },
  externalAuth: (run, { arc, arpc: kind }) => {
    const { cryptogramAlgorithm: algorithm } = run.application;
    const arqc = run.firstCryptogram ?? new Uint8Array(8);
    const key = run.sessionKey('applicationCryptogram');
    const answer = arpc({ method: '1', algorithm, key, arqc, arc: fromHex(arc) });
    if (kind !== 'valid') answer[0]! ^= 0xff;
    return [run.sendHex(`008200000A${toHex(answer)}${arc}`)];
  },
  script: (run, step) => [run.send(scriptCommandOf(run, step))],
  readCapp: (run, step) => {
    const p2 = parameterOf(step);
    const seen = run.sendHex(`80B400${p2}${lengthAnd(fromHex(step.id))}00`);
    return [{ ...seen, value: seen.response.data }];
  },
  updateCapp: (run, step) => [updateCapp(run, step)],
  appendRecord: (run, step) => [appendRecord(run, step)],
  getTransProve: (run, { apdu, atc }) => {
    const counter = atc ?? toHex(run.counter);
    const seen = run.sendHex((apdu ?? '805A000002{ATC}08').replace('{ATC}', counter));
    return [{ ...seen, value: seen.response.data }];
  },
  apdu: (run, { apdu, vary }) => variationsOf(apdu, vary).map((hex) => run.sendHex(hex)),
};

const withValue = ({ seen, value }: ReturnType<CardRun['getData']>): Seen => ({ ...seen, value });

const parameterOf = ({ p2, sfi }: { readonly p2?: string | undefined; readonly sfi?: number | string | undefined }) => {
  if (p2 !== undefined) return p2;
  if (sfi === undefined) throw new VectorError('step', 'p2 or sfi must be given');
  return toHex(Uint8Array.of(numberOf(sfi) << 3));
};

function getProcessingOptions(run: CardRun, step: StepOf<'gpo'>): Seen {
  if (step.repeat !== undefined && run.aid !== undefined) run.select(run.aid, 'first');
  const defaults = step.interface === 'contact' ? run.contact : run.contactless;
  const resolved = Object.entries(step.terminal).map(([tag, value]) => [tag, run.resolve(tag, value)] as const);
  run.terminal = { ...defaults, ...Object.fromEntries(resolved.map(([tag, { hex }]) => [tag, hex])) };
  run.symbolic = Object.fromEntries(resolved.flatMap(([tag, { hex, isSymbolic }]) => (isSymbolic ? [[tag, hex]] : [])));
  run.optionsData = buildDataObjectList(run.pdol, terminalMap(run.terminal));
  const template = `83${lengthAnd(run.optionsData)}`;
  const raw = run.sendHex(`80A80000${lengthAnd(fromHex(template))}00`);
  const seen = withBareOptions(raw);
  run.gpo = seen;
  run.firstCryptogram = undefined;
  run.locator = seen.tags.get('94') ?? new Uint8Array(0);
  run.read.clear();
  run.records = [];
  run.counter = seen.tags.get('9F36') ?? run.getData('9F36').value ?? new Uint8Array(2);
  if (step.repeat !== undefined) readAll(run);
  return seen;
}

/** Template 80 holds profile and locator without tags. */
function withBareOptions(seen: Seen): Seen {
  const bare = seen.tags.get('80');
  if (bare === undefined) return seen;
  return { ...seen, tags: new Map([...seen.tags, ['82', bare.subarray(0, 2)], ['94', bare.subarray(2)]]) };
}

function readAll(run: CardRun): readonly Seen[] {
  const objects = new Map(run.gpo?.tags ?? []);
  const answers: Seen[] = [];
  for (const { shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords } of readApplicationFileLocator(
    run.locator,
  )) {
    for (let record = firstRecord; record <= lastRecord; record++) {
      const seen = readRecord(run, shortFileIdentifier, record);
      answers.push(seen);
      run.records.push({
        shortFileIdentifier,
        recordNumber: record,
        bytes: seen.response.data,
        signed: record < firstRecord + authenticatedRecords,
      });
      for (const [tag, value] of seen.tags) {
        objects.set(tag, value);
        run.read.set(tag, value);
      }
    }
  }
  return answers.map((seen) => ({ ...seen, tags: objects }));
}

function readRecord(run: CardRun, file: number, record: number): Seen {
  const seen = run.sendHex(`00B2${toHex(Uint8Array.of(record, (file << 3) | 4))}00`);
  return { ...seen, value: seen.response.data };
}

function* everyTag(from: number, to: number): Generator<string> {
  for (let tag = from; tag <= to; tag++) yield tag.toString(16).toUpperCase().padStart(4, '0');
}

function tagsOfRange(range: string): string[] {
  const [from, to = from] = range.split('-').map((hex) => Number.parseInt(hex, 16));
  if (from === undefined || Number.isNaN(from) || Number.isNaN(to) || to! > TAG_MAX)
    throw new VectorError('step', `not a range of tags: ${range}`);
  return [...everyTag(from, to!)];
}

function generate(run: CardRun, step: StepOf<'genAC'>): Seen {
  const list = fromHex(run.application.data[step.n === 1 ? '8C' : '8D'] ?? '');
  const said = Object.fromEntries(
    Object.entries(step.terminal).map(([tag, value]) => {
      const { hex } = run.resolve(tag, value);
      // What a step repeats of the defaults is no choice of its own: the transaction's own amount and currency stand.
      const isDefault = hex === DEFAULTS[tag];
      return [tag, isDefault ? (run.symbolic[tag] ?? run.contact[tag] ?? hex) : hex];
    }),
  );
  const values = { ...run.terminal, ...run.symbolic, ...said };
  const data = buildDataObjectList(list, terminalMap(values));
  const p1 = toHex(Uint8Array.of(requestBits[step.request] | (step.cda ? COMBINED : 0)));
  const seen = withBareCryptogram(run.sendHex(`80AE${p1}00${lengthAnd(data)}00`));
  run.terminal = values;
  if (step.n === 1) {
    run.firstCryptogram = seen.tags.get('9F26');
    run.firstData = data;
  }
  run.counter = seen.tags.get('9F36') ?? run.counter;
  return seen;
}

const DEFAULTS: Readonly<Record<string, string>> = { '9F02': '000000001000', '5F2A': '0156' };

/** Template 80 holds 9F27, 9F36, 9F26 and 9F10 without tags. */
function withBareCryptogram(seen: Seen): Seen {
  const bare = seen.tags.get('80');
  if (bare === undefined) return seen;
  const parts = [
    ['9F27', bare.subarray(0, 1)],
    ['9F36', bare.subarray(1, 3)],
    ['9F26', bare.subarray(3, 11)],
    ['9F10', bare.subarray(11)],
  ] as const;
  return { ...seen, tags: new Map([...seen.tags, ...parts]) };
}

/** A record of the wanted length, different from one command to the next. */
function contentOf({
  id,
  length,
  data,
}: {
  id?: string | undefined;
  length?: number | undefined;
  data?: string | undefined;
}) {
  if (data !== undefined) return fromHex(data);
  const size = length ?? 0;
  const body = new Uint8Array(size).fill(0x11);
  if (id === undefined || id === 'none') return body;
  body.set([0x01, 0x01, 0x00].slice(0, size));
  return concat(fromHex(id), Uint8Array.of(size), body);
}

function managementKeyOf(run: CardRun, file: number, content: Uint8Array): Uint8Array {
  const cyclic = run.application.cappFiles.find((one) => one.shortFileIdentifier === file)?.kind === 'cyclic';
  return tradeManagementKey(run.pki, file, cyclic ? '' : toHex(content.subarray(0, 2)));
}

function updateCapp(run: CardRun, step: StepOf<'updateCapp'>): Seen {
  const p2 = parameterOf(step);
  const content = contentOf(step);
  const file = Number.parseInt(p2, 16) >> 3;
  const { cryptogramAlgorithm: algorithm } = run.application;
  const header = fromHex(`84DE00${p2}`);
  const mac = cappMac({ algorithm, key: managementKeyOf(run, file, content), atc: run.counter, header, data: content });
  if (step.mac !== 'valid') mac[0]! ^= 0xff;
  return run.sendHex(`${toHex(header)}${lengthAnd(concat(content, mac))}00`);
}

function appendRecord(run: CardRun, step: StepOf<'appendRecord'>): Seen {
  const p2 = parameterOf(step);
  const content = contentOf(step);
  const file = Number.parseInt(p2, 16) >> 3;
  const { cryptogramAlgorithm: algorithm, cappFiles } = run.application;
  const opening = fromHex(cappFiles.find((one) => one.shortFileIdentifier === file)?.openingKey ?? '00'.repeat(16));
  const data = concat(encryptCappRecordKey(algorithm, opening, managementKeyOf(run, file, content)), content);
  const atc = run.getData('9F36').value ?? run.counter;
  const header = fromHex(`04E200${p2}`);
  const mac = cappMac({ algorithm, key: opening, atc, header, data });
  if (step.mac !== 'valid') mac[0]! ^= 0xff;
  return run.sendHex(`${toHex(header)}${lengthAnd(concat(data, mac))}`);
}

/** `{NAME}` becomes each value of its variation, `84..8F` all in between; `{UN}` is an unpredictable number. */
function variationsOf(apdu: string, vary: Readonly<Record<string, string>>): string[] {
  const whole = apdu.replaceAll(' ', '').replaceAll('{UN}', '11223344');
  const all = Object.entries(vary).reduce(
    (texts, [name, range]) =>
      valuesOf(range).flatMap((value) => texts.map((text) => text.replaceAll(`{${name}}`, value))),
    [whole],
  );
  const left = /\{(\w+)\}/.exec(all[0] ?? '');
  if (left) throw new VectorError('step', `the command does not say what {${left[1]}} is`);
  return all;
}

function valuesOf(range: string): string[] {
  const [, first, last] = /^([0-9A-F]{2})\.\.([0-9A-F]{2})$/i.exec(range) ?? [];
  if (first === undefined) return range.split(',').map((value) => value.trim());
  return [...everyTag(Number.parseInt(first, 16), Number.parseInt(last!, 16))].map((hex) => hex.slice(2));
}
