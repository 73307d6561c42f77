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

/** A counter of the card: the object read as a binary number. */
export function* readCounter(tag: string): ContactExchange<Step<number | undefined>> {
  const object = yield* readObject(tag);
  return object.ok ? proceed(object.value && decodeBinary(object.value)) : object;
}
