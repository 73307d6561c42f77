import refusals from './list-refusals.json';

/** Why a terminal does not take a list or keys; what it has stays as it is. */
export type ListRefusal = keyof typeof refusals;

/** The words for each, in English and Chinese. */
export const listRefusals: Readonly<Record<ListRefusal, { readonly meaning: string; readonly meaningZh: string }>> =
  refusals;
