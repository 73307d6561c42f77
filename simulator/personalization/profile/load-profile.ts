import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { issueText } from '../../../emv/schema-issues.js';
import { builtInProfiles } from '../profiles/index.js';
import { nearestName } from './nearest-name.js';
import { ProfileError } from './profile-error.js';
import { schemaNodeAt } from './profile-json-schema.js';
import { type CardProfile, profileSchema } from './profile-schema.js';
import { looksLikeJson, withoutComments } from './without-comments.js';

/** The profiles in the box. */
export function profileNames(): string[] {
  return Object.keys(builtInProfiles);
}

/** The text of a profile of the box, to begin one's own from. Throws {@link ProfileError} `profile-unknown`. */
export function profileText(name: string): string {
  if (Object.hasOwn(builtInProfiles, name)) return builtInProfiles[name]!;
  const meant = profilesMeant(name);
  const said = meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : `there are ${profileNames().join(', ')}`;
  throw new ProfileError('profile-unknown', `no profile ${name}; ${said}`);
}

/** The profiles of the box that begin with this name, or the one that is written nearly so. */
export function profilesMeant(name: string): string[] {
  const begun = name === '' ? [] : profileNames().filter((known) => known.startsWith(name));
  const nearest = nearestName(name, profileNames());
  return begun.length > 0 || nearest === undefined ? begun : [nearest];
}

/**
 * A profile of the box by its name, or one's own as text: YAML, or JSON with comments. Throws {@link ProfileError}; its
 * message names line and column of each field that is wrong.
 *
 * @example loadProfile('service-card-51')
 */
export function loadProfile(nameOrText: string): CardProfile {
  const isName = /^[^\s:{]*$/.test(nameOrText);
  return parseProfile(isName ? profileText(nameOrText) : nameOrText);
}

/** A profile from its text alone: YAML, or JSON with comments. Throws {@link ProfileError}. */
export function parseProfile(text: string): CardProfile {
  const lines = new LineCounter();
  const document = parseDocument(looksLikeJson(text) ? withoutComments(text) : text, { lineCounter: lines });
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    const place = placeAt(lines, syntaxError.pos[0]);
    const [problem = ''] = syntaxError.message.split('\n');
    throw new ProfileError(
      'profile-not-yaml',
      `line ${place.line}, column ${place.column}: ${problem.replace(/ at line \d+, column \d+:$/, '')}`,
      place,
    );
  }
  refuseAliases(document, lines);
  const value: unknown = document.toJS();
  if (value === null) throw new ProfileError('profile-invalid', 'there is nothing in it', { line: 1, column: 1 });
  const parsed = profileSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap(problemsOf).map((problem) => {
    const { path } = problem;
    const place = placeAt(lines, offsetOf(document, path));
    const text = `line ${place.line}, column ${place.column}: ${issueText(value, problem)}`;
    return { ...place, path: path.join('.') || 'the whole', text };
  });
  throw new ProfileError('profile-invalid', problems.map((one) => one.text).join('\n'), problems[0]!);
}

interface Problem {
  readonly code: string;
  readonly path: readonly string[];
  readonly message: string;
}

/** One for each field that there is not, and one for any other thing that is wrong. */
function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ code: issue.code, path, message: withSuggestion(issue) }];
  const known = Object.keys(schemaNodeAt(path)?.properties ?? {});
  return issue.keys.map((key) => {
    const meant = nearestName(key, known);
    return {
      code: issue.code,
      path: [...path, key],
      message: meant === undefined ? 'no such field' : `no such field; did you mean ${meant}?`,
    };
  });
}

function withSuggestion(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_value' || typeof issue.input !== 'string') return issue.message;
  const meant = nearestName(issue.input, issue.values.map(String));
  return meant === undefined ? issue.message : `${issue.message}; did you mean ${meant}?`;
}

/** An alias (`*name`) is refused, since a few of them can stand for millions of values. */
function refuseAliases(document: Document.Parsed, lines: LineCounter): void {
  visit(document, {
    Alias: (_, alias) => {
      const place = placeAt(lines, alias.range?.[0] ?? 0);
      const message = `line ${place.line}, column ${place.column}: *${alias.source} is an alias; write it out`;
      throw new ProfileError('profile-not-yaml', message, place);
    },
  });
}

function placeAt(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the field stands, or what should hold it. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const holder = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1]!;
    const pair = isMap(holder) ? holder.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    if (pair !== undefined) return (pair.key as { range?: [number, number, number] | null }).range?.[0] ?? 0;
    const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] | null } | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range[0] ?? 0;
}
