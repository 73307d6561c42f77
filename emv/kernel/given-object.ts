import type { Response } from '../apdu/index.js';
import { readTemplate } from './read-template.js';
import { STATUS_OK } from './status-word.js';

/** What GET DATA was answered with; `undefined` where the card does not give it (EMV 4.3 Book 3 §6.5.7). */
export function givenObject({ statusWord, data }: Response, tag: string): Uint8Array | undefined {
  const object = statusWord === STATUS_OK ? readTemplate(data, tag) : undefined;
  return object?.ok && object.value.value.length > 0 ? object.value.value : undefined;
}
