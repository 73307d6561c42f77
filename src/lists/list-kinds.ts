/** What terminals are told by lists; each kind has versions of its own. */
export const listKinds = ['deny', 'members', 'ca-keys', 'tariffs', 'parameters'] as const;

export type ListKind = (typeof listKinds)[number];

/** The fields that are sets of card names. They grow and shrink by a few names; all others are replaced whole. */
export const nameFields: Readonly<Record<ListKind, readonly string[]>> = {
  deny: ['cards'],
  members: ['added', 'removed'],
  'ca-keys': [],
  tariffs: [],
  parameters: [],
};
