import type { Response } from '../../../emv/apdu/index.js';
import { concat } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer } from '../answer.js';
import type { CardApplication } from '../card-file.js';

/** Format 1: the values alone in template 80; format 2: the objects in template 77 (EMV 4.3 Book 3 §6.5.5.4, §6.5.8.4). */
export function answerInFormat(
  { responseFormat }: CardApplication,
  objects: readonly { readonly tag: string; readonly value: Uint8Array }[],
): Response {
  return responseFormat === 1
    ? answer(encode([{ tag: '80', value: concat(...objects.map(({ value }) => value)) }]))
    : answer(encode([{ tag: '77', children: objects }]));
}
