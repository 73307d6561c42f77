import { fromHex, toAscii } from '../../bytes.js';
import { kernelOf } from '../../tags/index.js';
import { readApplication } from '../codes.js';
import summary from '../data/summary.json';
import { explainWithContext } from '../explain.js';
import type { ExplainedObject, ExplainOptions } from '../explained-object.js';
import { nameOf } from '../lists.js';
import { shownHex } from '../shown-hex.js';
import type { SessionStep } from './session-step.js';
import { sessionValues } from './session-values.js';

/** Tags that tell nothing more where another one is there. */
const only: Readonly<Record<string, string>> = summary.only;
const ENVIRONMENT = /^[12](?:PAY|PUB)\.SYS\.DDF01$/;

/** What an engineer looks for first: applications, profile, cryptogram, amounts, counters. */
export function summariseSession(steps: readonly SessionStep[], options: ExplainOptions): ExplainedObject[] {
  const applications = [...new Set(steps.map(({ application }) => application))].filter(isPaymentApplication);
  const data = sessionValues(steps);
  const objects = summary.tags.flatMap((tag) => {
    const value = data.get(tag);
    return value === undefined || data.has(only[tag] ?? '') ? [] : [{ tag, value, offset: 0 }];
  });
  const kernel = kernelOf(fromHex(applications.at(-1) ?? ''));
  const session = options.session && { ...options.session, ...(kernel && { kernel }) };
  return [
    ...applications.map((identifier) => application(identifier, options)),
    ...explainWithContext(objects, { ...options, ...(session && { session }) }),
  ];
}

const isPaymentApplication = (identifier: string): boolean =>
  identifier !== '' && !ENVIRONMENT.test(toAscii(fromHex(identifier)));

function application(identifier: string, options: ExplainOptions): ExplainedObject {
  const language = options.language ?? 'en';
  const meaning = readApplication(fromHex(identifier), language);
  return {
    tag: '4F',
    name: nameOf('4F', language),
    value: shownHex(fromHex(identifier), options),
    ...(meaning !== undefined && { meaning }),
  };
}
