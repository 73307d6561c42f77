import { getData } from '../../apdu/index.js';
import { decodeBinary } from '../../bytes.js';
import { givenObject } from '../given-object.js';
import { proceed, type Step } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';

/** GET DATA: the value of the object, `undefined` where the card does not give it. */
export function* readObject(tag: string): ContactExchange<Step<Uint8Array | undefined>> {
  const answer = yield* transmit('get-data', getData(tag));
  return answer.ok ? proceed(givenObject(answer.value, tag)) : answer;
}

/** A counter of the card as a binary number; one of another length the card has not given. */
export function* readCounter(tag: keyof typeof COUNTER_LENGTHS): ContactExchange<Step<number | undefined>> {
  const object = yield* readObject(tag);
  if (!object.ok) return object;
  return proceed(object.value?.length === COUNTER_LENGTHS[tag] ? decodeBinary(object.value) : undefined);
}

const COUNTER_LENGTHS = { '9F13': 2, '9F17': 1, '9F36': 2 } as const;
