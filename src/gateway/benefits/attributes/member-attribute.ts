import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import definitions from './attributes.json';

export type AttributeName = keyof typeof definitions;

export const attributeNames = Object.keys(definitions) as [AttributeName, ...AttributeName[]];

/** What is known of a member at an instant. */
export type MemberAttributes = Readonly<Partial<Record<AttributeName, string>>>;

const known = (name: AttributeName): Readonly<Record<string, string>> => definitions[name].values;

export const attributeValues = [...new Set(attributeNames.flatMap((name) => Object.keys(known(name))))] as [
  string,
  ...string[],
];

export const attributeSchema = z
  .strictObject({
    attribute: z.enum(attributeNames),
    value: z.enum(attributeValues),
    from: instantSchema.describe('It holds from then on, until the next value'),
    reason: z
      .string()
      .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, '1 to 200 characters, none of them a control character')
      .describe('What shows it: a certificate, a decision; no numbers of documents'),
  })
  .refine(({ attribute, value }) => Object.hasOwn(known(attribute), value), {
    path: ['value'],
    message: 'not a value of this attribute',
    params: { code: 'unknown-value' },
  });

export type MemberAttribute = z.infer<typeof attributeSchema>;

/** The words of an attribute and of a value, in both languages. */
export function attributeWords(name: AttributeName, value: string) {
  const { text, textZh } = definitions[name];
  return { text: `${text}: ${value}`, textZh: `${textZh}：${known(name)[value] ?? value}` };
}
