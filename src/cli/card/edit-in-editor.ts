import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument } from 'yaml';
import { lookUpTag } from '../../../emv/index.js';
import { type CardEdit, type CardFile, editableState, editableValues } from '../../../simulator/index.js';
import { CommandError } from '../exit-codes.js';

const OWNER_ONLY = 0o600;

/**
 * Opens what of an application can be changed as YAML in the editor of `$VISUAL` or `$EDITOR`, and returns what its user
 * has changed. Throws {@link CommandError}: `editor-missing`, `editor-failed`, `edit-not-yaml`.
 */
export async function editInEditor(file: CardFile, application: number): Promise<CardEdit[]> {
  const editor = process.env.VISUAL || process.env.EDITOR;
  if (!editor) {
    const hint = 'Set $EDITOR, or say what to change: --set balance=5000';
    throw new CommandError('editor-missing', 'there is no $VISUAL and no $EDITOR', undefined, hint);
  }
  const before = editableValues(file, application);
  const folder = await mkdtemp(join(tmpdir(), 'yongtap-edit-'));
  const path = join(folder, 'card.yaml');
  try {
    await writeFile(path, textOf(before), { mode: OWNER_ONLY });
    // $EDITOR may have options of its own, as `code --wait` has.
    const { status } = spawnSync('/bin/sh', ['-c', `${editor} "$1"`, 'editor', path], { stdio: 'inherit' });
    if (status !== 0) throw new CommandError('editor-failed', `${editor} ended with ${status}; nothing was changed`);
    return changesOf(before, await readFile(path, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function textOf(values: ReadonlyMap<string, string>): string {
  const states = new Set(editableState.map(({ name }) => name));
  const lines = [...values].map(([name, value]) =>
    states.has(name) ? `${name}: ${value}` : `"${name}": "${value}"  # ${lookUpTag(name)?.name ?? 'unknown'}`,
  );
  return [
    '# Change what you like, save and leave; amounts in fen, data objects in hex. What the issuer has signed is not here.',
    ...lines,
    '',
  ].join('\n');
}

function changesOf(before: ReadonlyMap<string, string>, text: string): CardEdit[] {
  const document = parseDocument(text, { schema: 'failsafe' });
  const [problem] = document.errors;
  if (problem !== undefined || !isMap(document.contents)) {
    throw new CommandError('edit-not-yaml', problem?.message ?? 'must be names with values');
  }
  return document.contents.items.flatMap(({ key, value }) => {
    const [name, now] = [key, value].map((node) => (isScalar(node) ? String(node.value) : ''));
    return before.get(name!) === now ? [] : [{ name: name!, value: now! }];
  });
}
