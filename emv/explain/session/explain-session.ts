import { commandName, instructions, isCappCommand, statusWordMeaning } from '../../apdu/index.js';
import { fromHex, toHex } from '../../bytes.js';
import { kernelOf } from '../../tags/index.js';
import { flatten } from '../../tlv/index.js';
import { explainWithContext } from '../explain.js';
import { explainData } from '../explain-bytes.js';
import { explainCappAnswer } from '../explain-capp.js';
import { describeName, explainCommand } from '../explain-command.js';
import { explainLayout, hidePersonal } from '../explain-layout.js';
import type { ExplainedObject, ExplainOptions } from '../explained-object.js';
import { findTagLayout } from '../file-layouts.js';
import { part } from '../part.js';
import { shownHex } from '../shown-hex.js';
import { explainLogRecord, explainWholeLoadLog, formatTagOf } from './explain-log-record.js';
import { sessionContext } from './session-context.js';
import type { SessionStep } from './session-step.js';
import { shortAnswer } from './short-answer.js';
import { summariseSession } from './summarise-session.js';

/** One side of an exchange: the bytes in hex, masked, and what they say. */
export interface ExplainedMessage {
  readonly hex: string;
  readonly objects: readonly ExplainedObject[];
}

export interface ExplainedExchange {
  /** From 1. */
  readonly number: number;
  /** Of the command, `READ RECORD`; in Chinese `READ RECORD 读记录`. */
  readonly name: string;
  readonly command?: ExplainedMessage;
  readonly response?: ExplainedMessage;
}

export interface ExplainedSession {
  readonly exchanges: readonly ExplainedExchange[];
  /** Applications, profile, cryptogram, amounts. */
  readonly summary: readonly ExplainedObject[];
}

/**
 * A conversation with a card, each exchange understood by what was said before (see `followSession`). Unless `showPan`,
 * no card number that stands anywhere in it is left anywhere. Throws nothing.
 */
export const explainSession = (steps: readonly SessionStep[], options: ExplainOptions = {}): ExplainedSession => ({
  exchanges: [...explainExchanges(steps, options)],
  summary: explainSummary(steps, options),
});

/** The exchanges of {@link explainSession}, each explained when it is its turn: all of a long log fill the memory. */
export function* explainExchanges(
  steps: readonly SessionStep[],
  options: ExplainOptions = {},
): Generator<ExplainedExchange> {
  const session = sessionContext(steps);
  const formats = formatsOf(steps);
  for (const [index, step] of steps.entries()) yield explainNumbered(step, index + 1, formats, session, options);
}

/** The summary of {@link explainSession}. */
export const explainSummary = (steps: readonly SessionStep[], options: ExplainOptions = {}): ExplainedObject[] =>
  summariseSession(steps, { ...options, session: sessionContext(steps) });

/** The last exchange of a conversation that is still going on, as {@link explainSession} tells it. */
export function explainLastExchange(
  steps: readonly SessionStep[],
  options: ExplainOptions = {},
): ExplainedExchange | undefined {
  const last = steps.at(-1);
  return last && explainNumbered(last, steps.length, formatsOf(steps), sessionContext(steps), options);
}

function explainNumbered(
  step: SessionStep,
  number: number,
  formats: Formats,
  session: ReturnType<typeof sessionContext>,
  options: ExplainOptions,
): ExplainedExchange {
  const kernel = kernelOf(fromHex(step.application));
  return { number, ...explainStep(step, formats, { ...options, session: { ...session, ...(kernel && { kernel }) } }) };
}

type Formats = ReadonlyMap<string, Uint8Array>;

/** A format may be read after the records. */
function formatsOf(steps: readonly SessionStep[]): Formats {
  const tags = new Set([formatTagOf('transaction'), formatTagOf('load')]);
  const found = steps.flatMap(({ objects = [] }) => objects.filter(({ tag }) => tags.has(tag)));
  return new Map(found.map(({ tag, value }) => [tag, value]));
}

function explainStep(step: SessionStep, formats: Formats, options: ExplainOptions): Omit<ExplainedExchange, 'number'> {
  const { exchange, command } = step;
  const name = command === undefined ? '' : describeName(command, options.language);
  return {
    name,
    ...(exchange.command && { command: { hex: commandHex(step, options), objects: explainAsked(step, options) } }),
    ...(exchange.response && {
      response: {
        hex: responseHex(step, options),
        objects: explainAnswer(step, formats, options),
      },
    }),
  };
}

function responseHex({ exchange, data, layout }: SessionStep, options: ExplainOptions): string {
  const hex = shownHex(exchange.response!, options);
  return layout === undefined || options.showPan ? hex : hidePersonal(hex, data, layout);
}

/** A PIN is shown to nobody, in a VERIFY with a wrong length no more than in a right one. */
function commandHex({ exchange, command }: SessionStep, options: ExplainOptions): string {
  const bytes = exchange.command!;
  if (bytes[1] !== instructions.verify) return shownHex(bytes, options);
  const start = HEADER_AND_LC_LENGTH * 2;
  const end = bytes.length * 2 - (command?.le === undefined ? 0 : 2);
  const hex = toHex(bytes);
  return hex.slice(0, start) + '*'.repeat(Math.max(0, end - start)) + hex.slice(Math.max(start, end));
}

const HEADER_AND_LC_LENGTH = 5;

function explainAsked(step: SessionStep, options: ExplainOptions): ExplainedObject[] {
  const { exchange, command, dataObjectList } = step;
  if (command !== undefined) {
    return explainCommand(exchange.command!, { ...options, ...(dataObjectList && { dataObjectList }) });
  }
  const told = options.language === 'zh' ? '长度字节与命令不符' : 'not a command: Lc or Le do not fit';
  return [part('DATA', commandHex(step, options), options, told)];
}

function explainAnswer(step: SessionStep, formats: Formats, options: ExplainOptions): ExplainedObject[] {
  const { exchange, statusWord, answered, data } = step;
  if (statusWord === undefined) return explainData(exchange.response!, options);
  const { meaning, meaningZh } = statusWordMeaning(statusWord, answered && { command: commandName(answered) });
  const said = options.language === 'zh' ? meaningZh : meaning;
  const objects = data.length === 0 ? [] : explainAnswerData(step, formats, options);
  return [...objects, part('SW', toHex(exchange.response!.subarray(-2)), options, said)];
}

function explainAnswerData(step: SessionStep, formats: Formats, options: ExplainOptions): ExplainedObject[] {
  const { answered, data, layout, log } = step;
  if (log !== undefined) {
    const read = log.whole
      ? explainWholeLoadLog(data, options)
      : explainLogRecord(log.kind, data, formats.get(formatTagOf(log.kind)), options);
    if (read !== undefined) return read;
  }
  if (layout !== undefined) {
    const read = explainLayout(data, layout, options);
    if (read !== undefined) return read;
  }
  if (answered && isCappCommand(answered)) {
    return explainCappAnswer(answered, data, options);
  }
  return explainData(data, options).map((object) => openShort(openByLayout(object, step, options), step, options));
}

/** An answer in format 1, with the objects that its command makes of it. */
function openShort(object: ExplainedObject, step: SessionStep, options: ExplainOptions): ExplainedObject {
  const objects = shortAnswer(step);
  if (objects.length === 0) return object;
  return { tag: object.tag, name: object.name, children: explainWithContext(objects, options) };
}

/** Data objects that hold an application's own fields (9F0C of transport cards). */
function openByLayout(object: ExplainedObject, step: SessionStep, options: ExplainOptions): ExplainedObject {
  if (object.children !== undefined) {
    return { ...object, children: object.children.map((child) => openByLayout(child, step, options)) };
  }
  const layout = findTagLayout(step.application, object.tag);
  const value = layout && flatten(step.objects ?? []).get(object.tag);
  const fields = value && explainLayout(value, layout, options);
  return fields === undefined ? object : { tag: object.tag, name: object.name, children: fields };
}
