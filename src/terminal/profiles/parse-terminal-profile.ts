import { type Document, parseDocument } from 'yaml';
import { issueText } from '../../../emv/schema-issues.js';
import { TerminalError } from '../terminal-error.js';
import { type TerminalProfile, terminalProfileSchema } from './terminal-profile.js';

/**
 * Reads a profile from YAML or JSON. Throws {@link TerminalError} `profile-invalid`, which names the field (or the
 * line, where the text is no YAML) and `source`, a name for the text.
 */
export function parseTerminalProfile(text: string, source: string): TerminalProfile {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new TerminalError('profile-invalid', `${source}: ${error.message.split('\n')[0]}`);
  const value = toValue(document, source);
  const parsed = terminalProfileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => issueText(value, issue, 'the profile'));
  throw new TerminalError('profile-invalid', `${source}: ${issues.join('; ')}`);
}

function toValue(document: Document, source: string): unknown {
  try {
    return document.toJS();
  } catch (wrongAlias) {
    const message = wrongAlias instanceof Error ? wrongAlias.message : 'an alias that leads nowhere';
    throw new TerminalError('profile-invalid', `${source}: ${message.split('\n')[0]}`);
  }
}
