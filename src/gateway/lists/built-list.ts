import type { ListContent } from '../../lists/index.js';

/** What a list is to say. */
export interface BuiltList {
  readonly content: ListContent;
  /** Cards, keys, tariffs or parameters on it. */
  readonly entries: number;
  /** Cards that belong on it and have no name yet. */
  readonly unnamed: number;
}
