import { z } from 'zod';
import { fromHex } from '../../emv/bytes.js';
import { decodeDataObjectList } from '../../emv/tlv/index.js';

export const bytes = z.string().regex(/^([0-9A-F]{2})*$/, 'must be upper-case hex');
export const tag = z.string().regex(/^([0-9A-F]{2}){1,3}$/, 'must be a tag in upper-case hex');

/** Lists that the card takes apart what a terminal says by, or puts its logs together by. */
const LISTS: ReadonlySet<string> = new Set(['8C', '8D', '9F38', '9F49', '9F4F', 'DF4F']);

/** As an issuer personalizes 9F10 (JR/T 0025.12-2013 annex D): 15 bytes of its own at most. */
const ISSUER_DATA = /^07[0-9A-F]{2}(01|11|17)03000000(01|04)(0[0-9A-F]([0-9A-F]{2}){0,15})?$/;

/** What the card will have to take apart, wherever it stands. */
const shapes: Readonly<Record<string, readonly [shape: RegExp, message: string]>> = {
  '82': [/^.{4}$/, 'must be 2 bytes'],
  '94': [/^(.{8})+$/, 'must be one or more entries of 4 bytes'],
  '9F10': [ISSUER_DATA, 'must be 07, key index, version 01 or 17, 03000000, algorithm 01 or 04, then the issuer’s own'],
  '9F73': [/^\d{8}$/, 'must be 8 digits'],
};

function complaintOf(tag: string, hex: string): string | undefined {
  if (LISTS.has(tag)) return isDataObjectList(hex) ? undefined : 'must be a data object list';
  const [shape, message] = (Object.hasOwn(shapes, tag) && shapes[tag]) || [];
  return shape === undefined || shape.test(hex) ? undefined : message;
}

function isDataObjectList(hex: string): boolean {
  try {
    decodeDataObjectList(fromHex(hex));
    return true;
  } catch {
    return false;
  }
}

/** Data objects by tag that stand for those of an application, on one interface, for one algorithm or since a script. */
export const replacedData = z.record(tag, bytes).superRefine((data, context) => {
  for (const [at, hex] of Object.entries(data)) {
    const message = complaintOf(at, hex);
    if (message !== undefined) context.addIssue({ code: 'custom', path: [at], message });
  }
});

/** Those of an application, which cannot do without some. */
export const applicationData = replacedData.superRefine((data, context) => {
  for (const at of ['82', '94']) {
    if (data[at] === undefined) context.addIssue({ code: 'custom', path: [at], message: shapes[at]![1] });
  }
});
