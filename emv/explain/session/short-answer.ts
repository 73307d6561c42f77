import { instructions } from '../../apdu/index.js';
import type { DataObject } from '../../tlv/index.js';
import type { SessionStep } from './session-step.js';

const FORMAT_1 = '80';
const PROFILE_LENGTH = 2;
const CRYPTOGRAM_LENGTH_MIN = 11;

/**
 * The data objects of an answer in format 1, which has no tags of its own: profile and file locator answer
 * GET PROCESSING OPTIONS, cryptogram information, counter, cryptogram and issuer application data GENERATE AC, signed
 * data INTERNAL AUTHENTICATE (EMV 4.3 Book 3 §6.5.5, §6.5.8, §6.5.9). None for another answer.
 */
export function shortAnswer({ answered, objects = [] }: SessionStep): DataObject[] {
  const [template, ...others] = objects;
  if (template?.tag !== FORMAT_1 || others.length > 0) return [];
  const { value } = template;
  const cut = (tag: string, from: number, to?: number): DataObject => ({
    tag,
    value: value.subarray(from, to),
    offset: from,
  });
  switch (answered?.ins) {
    case instructions.getProcessingOptions:
      return value.length <= PROFILE_LENGTH ? [] : [cut('82', 0, PROFILE_LENGTH), cut('94', PROFILE_LENGTH)];
    case instructions.generateCryptogram: {
      if (value.length < CRYPTOGRAM_LENGTH_MIN) return [];
      const fixed = [cut('9F27', 0, 1), cut('9F36', 1, 3), cut('9F26', 3, CRYPTOGRAM_LENGTH_MIN)];
      return value.length === CRYPTOGRAM_LENGTH_MIN ? fixed : [...fixed, cut('9F10', CRYPTOGRAM_LENGTH_MIN)];
    }
    case instructions.internalAuthenticate:
      return [cut('9F4B', 0)];
    default:
      return [];
  }
}
