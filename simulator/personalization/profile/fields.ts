import { z } from 'zod';

/** Kinds of fields that profiles are made of, each with what is said of a wrong one. */

export const hex = (bytes: number) =>
  z
    .string('must be text: put the hex digits in quotes')
    .regex(new RegExp(`^[0-9A-F]{${bytes * 2}}$`), `must be ${bytes} bytes of upper-case hex`);

export const anyHex = z
  .string('must be text: put the hex digits in quotes')
  .regex(/^([0-9A-F]{2})+$/, { error: 'must be bytes of upper-case hex', abort: true });

export const tag = z.string().regex(/^([0-9A-F]{2}){1,3}$/, 'must be a tag in upper-case hex');

export const date = z.iso.date('must be a date, YYYY-MM-DD');

export const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM');

export const fen = z.int('must be a whole number of fen').min(0).max(999_999_999_999);

export const currency = z
  .string('must be text: put the digits in quotes')
  .regex(/^\d{4}$/, 'must be four digits in quotes');

export const digits = (pattern: RegExp, message: string) =>
  z.string('must be text: put the digits in quotes').regex(pattern, message);
