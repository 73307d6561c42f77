import type { TapRecord } from '../../../tap/index.js';

/** What a gateway must answer to an upload: taken, known already, in conflict, or refused with this code. */
export type ExpectedAnswer = 'created' | 'exists' | 'conflict' | `refused:${string}`;

/** When a record is uploaded: with the tap, or in the hours after it; `again` and `other` come on top of the first time. */
export type Delivery = { readonly kind: 'now' } | { readonly kind: 'late' | 'again' | 'other'; readonly hours: number };

/** A record that a terminal made, before it has got its number there. */
export interface Item {
  /** The order of the day: instant, rider, step. */
  readonly key: string;
  readonly operator: string;
  readonly terminal: string;
  readonly delivery: Delivery;
  readonly expected: ExpectedAnswer;
  /** The record's text behind its sequence number. */
  readonly tail: string;
  /** The same with other content, for a delivery of kind `other`. */
  readonly otherTail: string;
}

/** Sorts as text does. */
export const keyOf = (at: number, rider: number, step: number): string =>
  [String(at).padStart(11, '0'), String(rider).padStart(6, '0'), String(step).padStart(3, '0')].join(' ');

export const secondsOf = (key: string): number => Number(key.slice(0, 11));

const headOf = (operator: string, terminal: string): string =>
  `{"version":1,"operator":${JSON.stringify(operator)},"terminal":${JSON.stringify(terminal)},"sequence":`;

/**
 * What stands behind the sequence number; see {@link recordText}. The same text as `JSON.stringify` would give, in a
 * third of the time: tags, hex and instants, which most of a record is, need no escaping.
 */
export function tailOf({ at, service, event, place, amountFen, evidence }: TapRecord): string {
  const what = `"at":"${at}","service":"${service}","event":"${event}","place":${JSON.stringify(place)}`;
  return `,${what},"amountFen":${amountFen},"evidence":${evidenceText(evidence)}}`;
}

function evidenceText({ applicationIdentifier, data, records }: TapRecord['evidence']): string {
  const read = records.map(
    ({ shortFileIdentifier, recordNumber, bytes }) =>
      `{"shortFileIdentifier":${shortFileIdentifier},"recordNumber":${recordNumber},"bytes":"${bytes}"}`,
  );
  return `{"applicationIdentifier":"${applicationIdentifier}","data":${JSON.stringify(data)},"records":[${read.join()}]}`;
}

/** The record as JSON. */
export const recordText = (
  { operator, terminal }: Pick<Item, 'operator' | 'terminal'>,
  sequence: number,
  tail: string,
): string => headOf(operator, terminal) + sequence + tail;

/** No JSON text holds a tabulator. */
const SEPARATOR = '\t';

export function itemLine({ key, operator, terminal, delivery, expected, tail, otherTail }: Item): string {
  const when = delivery.kind === 'now' ? 'now' : `${delivery.kind} ${delivery.hours}`;
  return [key, operator, terminal, when, expected, tail, otherTail].join(SEPARATOR);
}

export function readItemLine(line: string): Item {
  const [key, operator, terminal, when, expected, tail, otherTail] = line.split(SEPARATOR) as [
    ...[string, string, string, string],
    ExpectedAnswer,
    ...[string, string],
  ];
  const [kind, hours] = when.split(' ') as ['late' | 'again' | 'other', string | undefined];
  const delivery: Delivery = hours === undefined ? { kind: 'now' } : { kind, hours: Number(hours) };
  return { key, operator, terminal, delivery, expected, tail, otherTail };
}
