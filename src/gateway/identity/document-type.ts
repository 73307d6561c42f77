import types from './document-types.json';

/** A kind of identity document, by a stable code. */
export type DocumentType = keyof typeof types;

export const documentTypes = Object.keys(types) as readonly DocumentType[];

export const documentTypeNames: Readonly<Record<DocumentType, { readonly name: string; readonly nameZh: string }>> =
  types;

/** Names are compared without blanks, marks, width and case. */
const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

const BY_NAME: ReadonlyMap<string, DocumentType> = new Map(
  documentTypes.flatMap((type) =>
    [type, types[type].name, types[type].nameZh, ...types[type].others].map((name) => [plainName(name), type] as const),
  ),
);

/** The kind that a code or a name says, in Chinese or English; `undefined` for one that nobody knows. */
export function documentTypeOf(text: string): DocumentType | undefined {
  const withoutRemark = text.normalize('NFKC').replace(/\([^)]*\)/g, '');
  return BY_NAME.get(plainName(text)) ?? BY_NAME.get(plainName(withoutRemark));
}

/** How a number of this kind looks: a pattern, or an identity number with the regions of `regions.json`. */
export const documentForm = (type: DocumentType): string => types[type].form;
