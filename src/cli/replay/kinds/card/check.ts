import { fromHex, toHex } from '../../../../../emv/index.js';
import type { Difference } from '../../vector.js';
import { VectorError } from '../../vector-error.js';
import type { CardRun, Seen } from './card-run.js';
import { fileLocatorRules } from './file-locator-rules.js';
import { isOneOf, statusWords } from './status-words.js';
import type { Expectation, Step, TagExpectation } from './step-schema.js';

const DECISIONS = ['AAC', 'TC', 'ARQC'] as const;
const CVR_START = 3;

/** Holds what a step saw against what it expects; `path` names the step. */
export function check(run: CardRun, step: Step, seen: Seen, path: string): Difference[] {
  const { expect } = step as { readonly expect: Expectation };
  const differences: Difference[] = [];
  const differ = (field: string, expected: unknown, actual: unknown) =>
    differences.push({ path: `${path}.${field}`, expected, actual });
  const allowed = statusWords(expect.sw);
  if (allowed.length > 0 && !isOneOf(allowed, seen.sw)) differ('sw', expect.sw, seen.sw);
  if (isOneOf(statusWords(expect.swNot), seen.sw)) differ('swNot', expect.swNot, seen.sw);
  for (const [name, wanted] of Object.entries(expect.tags ?? {})) {
    const actual = tagObjection(run, seen, name, wanted);
    if (actual !== undefined) differ(`tags.${name}`, wanted, actual.found);
  }
  for (const tag of expect.absent ?? []) {
    if (seen.tags.has(tag)) differ(`absent.${tag}`, undefined, toHex(seen.tags.get(tag)!));
  }
  checkIssuerApplicationData(expect, seen, differ);
  if (expect.cid !== undefined) {
    const information = seen.tags.get('9F27');
    const found = information === undefined ? undefined : toHex(information);
    if (found !== expect.cid.toUpperCase()) differ('cid', expect.cid, found);
  }
  checkValue(run, step, expect, seen, differ);
  return differences;
}

type Differ = (field: string, expected: unknown, actual: unknown) => void;

function checkIssuerApplicationData({ iad, decision }: Expectation, seen: Seen, differ: Differ): void {
  if (iad === undefined && decision === undefined) return;
  const data = seen.tags.get('9F10');
  if (data === undefined) {
    differ('iad', iad ?? decision, undefined);
    return;
  }
  const found = {
    dki: toHex(data.subarray(1, 2)),
    cvn: toHex(data.subarray(2, 3)),
    cvr: toHex(data.subarray(CVR_START, CVR_START + 4)),
    alg: toHex(data.subarray(7, 8)),
  };
  for (const name of ['dki', 'cvn', 'cvr', 'alg'] as const) {
    const wanted = iad?.[name];
    if (wanted !== undefined && !isOneOf(statusWords(wanted), found[name])) {
      differ(`iad.${name}`, wanted, found[name]);
    }
  }
  const type = DECISIONS[(data[CVR_START + 1]! >> 4) & 0x03];
  if (decision !== undefined && type !== decision) differ('decision', decision, type);
}

function checkValue(run: CardRun, step: Step, expect: Expectation, seen: Seen, differ: Differ): void {
  const found = seen.value === undefined ? undefined : toHex(seen.value);
  const name = step.do === 'readRecord' ? `${step.sfi}/${step.record}` : undefined;
  if (expect.value !== undefined) {
    const wanted = wantedValue(run, expect.value, name);
    if (found !== wanted) differ('value', wanted, found);
  }
  if (name !== undefined && found !== undefined) run.recordsSeen.set(name, found);
  if (expect.length !== undefined && seen.value?.length !== expect.length)
    differ('length', expect.length, seen.value?.length);
  if (expect.save !== undefined && seen.value !== undefined) run.saved.set(expect.save, seen.value);
  if (expect.delta === undefined) return;
  const { from, minus = 0, plus = 0 } = expect.delta;
  const saved = run.saved.get(from);
  if (saved === undefined) {
    differ('delta', from, undefined);
    return;
  }
  const amount = (value: string | number) => (typeof value === 'number' ? value : Number(run.terminal[value]));
  const wanted = Number(toHex(saved)) - amount(minus) + amount(plus);
  if (found === undefined || Number(found) !== wanted)
    differ('delta', wanted, found === undefined ? undefined : Number(found));
}

function wantedValue(run: CardRun, text: string, record: string | undefined): string {
  if (text === 'AC of the GPO') return toHex(run.gpo?.tags.get('9F26') ?? new Uint8Array(0));
  if (text !== 'unchanged') return text.toUpperCase();
  const before = record === undefined ? undefined : run.recordsSeen.get(record);
  if (before === undefined) throw new VectorError('expect', 'unchanged: nothing was read before');
  return before;
}

/** What was found where it is not as wanted. */
function tagObjection(
  run: CardRun,
  seen: Seen,
  name: string,
  wanted: TagExpectation,
): { readonly found: unknown } | undefined {
  const [tag = '', part] = name.split('#');
  const value = seen.tags.get(tag);
  const found = value === undefined ? undefined : toHex(value);
  if (typeof wanted === 'string') return found === wanted.toUpperCase() ? undefined : { found };
  if (wanted.present === false || wanted.template === false) return value === undefined ? undefined : { found };
  if (value === undefined) return { found };
  if (part !== undefined && part !== 'len') throw new VectorError(`expect.${name}`, 'no such part of a value');
  return isAsWanted(run, tag, value, wanted) ? undefined : { found: part === 'len' ? value.length : found };
}

type TagRules = Exclude<TagExpectation, string>;

function isAsWanted(run: CardRun, tag: string, value: Uint8Array, wanted: TagRules): boolean {
  const { mask, unchangedMask, minLength, equalsGetData, prefix, aflRules, multipleOf, max } = wanted;
  const under = (bytes: Uint8Array, bits: string) =>
    toHex(bytes.map((byte, index) => byte & (fromHex(bits)[index] ?? 0)));
  const expected = wanted.value?.toUpperCase();
  const personalized = run.application.data[tag];
  return (
    (expected === undefined || (mask === undefined ? toHex(value) : under(value, mask)) === expected) &&
    (unchangedMask === undefined ||
      (personalized !== undefined && under(value, unchangedMask) === under(fromHex(personalized), unchangedMask))) &&
    (minLength === undefined || value.length >= minLength) &&
    (max === undefined || value.length <= max) &&
    (multipleOf === undefined || value.length % multipleOf === 0) &&
    (prefix === undefined || prefix.some((one) => toHex(value).startsWith(one.toUpperCase()))) &&
    (equalsGetData === undefined || toHex(run.getData(equalsGetData).value ?? new Uint8Array(0)) === toHex(value)) &&
    (aflRules ?? []).every((rule) => fileLocatorRules(rule)(value))
  );
}
