import { getData } from '../../apdu/index.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';

/** GET DATA: the value of the object, `undefined` where the card does not give it (EMV 4.3 Book 3 §6.5.7). */
export function* readObject(tag: string): ContactExchange<Step<Uint8Array | undefined>> {
  const answer = yield* transmit('get-data', getData(tag));
  if (!answer.ok) return answer;
  if (answer.value.statusWord !== STATUS_OK) return proceed(undefined);
  const object = readTemplate(answer.value.data, tag);
  return proceed(object.ok && object.value.value.length > 0 ? object.value.value : undefined);
}

/** A counter of the card: the object read as a binary number. */
export function* readCounter(tag: string): ContactExchange<Step<number | undefined>> {
  const object = yield* readObject(tag);
  return object.ok ? proceed(object.value?.reduce((number, byte) => number * 0x100 + byte, 0)) : object;
}
