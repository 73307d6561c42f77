import { commandName, statusWordMeaning } from '../../apdu/index.js';
import { fromHex, toHex } from '../../bytes.js';
import { kernelOf } from '../../tags/index.js';
import { explainWithContext } from '../explain.js';
import { explainData, hexWithoutNumbers, part } from '../explain-bytes.js';
import { explainCappAnswer } from '../explain-capp.js';
import { describeName, explainCommand } from '../explain-command.js';
import { explainLayout, findTagLayout } from '../explain-layout.js';
import type { ExplainedObject, ExplainOptions } from '../explained-object.js';
import { instructions, isCappCommand } from '../instructions.js';
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
export function explainSession(steps: readonly SessionStep[], options: ExplainOptions = {}): ExplainedSession {
  const session = sessionContext(steps);
  const formats = formatsOf(steps);
  return {
    exchanges: steps.map((step, index) => {
      const kernel = kernelOf(fromHex(step.application));
      const own = { ...options, session: { ...session, ...(kernel && { kernel }) } };
      return { number: index + 1, ...explainStep(step, formats, own) };
    }),
    summary: summariseSession(steps, { ...options, session }),
  };
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
        hex: options.showPan ? toHex(exchange.response) : hexWithoutNumbers(exchange.response, options),
        objects: explainAnswer(step, formats, options),
      },
    }),
  };
}

/** A PIN is shown to nobody. */
function commandHex({ exchange, command }: SessionStep, options: ExplainOptions): string {
  const bytes = exchange.command ?? new Uint8Array(0);
  if (command?.ins === instructions.verify && command.data !== undefined) {
    const start = bytes.length - command.data.length - (command.le === undefined ? 0 : 1);
    const shown = toHex(bytes);
    const end = (start + command.data.length) * 2;
    return shown.slice(0, start * 2) + '*'.repeat(end - start * 2) + shown.slice(end);
  }
  return options.showPan ? toHex(bytes) : hexWithoutNumbers(bytes, options);
}

function explainAsked({ exchange, command, dataObjectList }: SessionStep, options: ExplainOptions): ExplainedObject[] {
  if (command !== undefined) {
    return explainCommand(exchange.command!, { ...options, ...(dataObjectList && { dataObjectList }) });
  }
  const told = options.language === 'zh' ? '长度字节与命令不符' : 'not a command: Lc or Le do not fit';
  return [part('DATA', hexWithoutNumbers(exchange.command!, options), options, told)];
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
    return explainCappAnswer(answered.ins, answered.p2 >> 3, data, (answered.data?.length ?? 0) > 2, options);
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
  const value = layout && findValue(step.objects ?? [], object.tag);
  const fields = value && explainLayout(value, layout, options);
  return fields === undefined ? object : { tag: object.tag, name: object.name, children: fields };
}

type Objects = NonNullable<SessionStep['objects']>;

function findValue(objects: Objects, tag: string): Uint8Array | undefined {
  for (const object of objects) {
    const found = object.tag === tag ? object.value : findValue(object.children ?? [], tag);
    if (found !== undefined) return found;
  }
  return undefined;
}
