import { caKeysContentSchema, type ListContent, type Parameters } from '../../lists/index.js';
import type { BuiltList } from './built-list.js';
import type { ListOptions } from './list-options.js';
import parametersOfTheBox from './parameters.json';

/** The keys that cards are proved under, and the certificates that are revoked. */
export function buildCaKeys({ caKeys, revoked }: ListOptions): BuiltList {
  const keys = caKeys.all().map(({ prepared: _, ...key }) => key);
  const content = caKeysContentSchema.parse({ keys, revoked: [...(revoked ?? [])].sort() });
  return { content: content as ListContent, entries: keys.length, unnamed: 0 };
}

/** The tariffs and campaigns that prices are made of. */
export function buildTariffs({ fares }: ListOptions): BuiltList {
  const content = JSON.parse(JSON.stringify(fares())) as ListContent & { readonly tariffs: readonly unknown[] };
  return { content, entries: content.tariffs.length, unnamed: 0 };
}

/** The parameters that were published last, or those that are given. */
export function buildParameters(before: ListContent | undefined, given: Parameters | undefined): BuiltList {
  const parameters = given ?? (before?.parameters as Parameters | undefined) ?? parametersOfTheBox;
  return { content: { parameters }, entries: Object.keys(parameters).length, unnamed: 0 };
}
