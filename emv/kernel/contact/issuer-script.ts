import { decodeCommand } from '../../apdu/index.js';
import { concat } from '../../bytes.js';
import { type DataObject, findFirst, onlyObject } from '../../tlv/index.js';
import type { ContactCommandName } from '../exchange.js';
import { proceed, type Step } from '../transaction-outcome.js';
import { type ContactExchange, transmitBytes } from './contact-exchange.js';
import type { TransactionState } from './transaction-state.js';

const IDENTIFIER_LENGTH = 4;
const NAME: ContactCommandName = 'issuer-script';
/** High nibble of the first byte of a script's result (JR/T 0025.6-2013 table 32). */
const RESULT = { notPerformed: 0x00, failed: 0x10, successful: 0x20 } as const;
const SEQUENCE_MAX = 0x0f;
/** First bytes of status words that let a script go on (7.12.4.2). */
const GOES_ON: ReadonlySet<number> = new Set([0x90, 0x62, 0x63]);

/** 71 runs before the last GENERATE AC, 72 after it; each has its bit of 95 for a failure (7.12.1). */
const FAILURE_MARKS = {
  '71': 'scriptFailedBeforeFinalCryptogram',
  '72': 'scriptFailedAfterFinalCryptogram',
} as const;

/**
 * Sends the commands of every script of a kind, in order; a command that fails ends its script. Each leaves a result
 * of 5 bytes: outcome and number of the command that failed, then the script's identifier (JR/T 0025.6-2013 7.12). A
 * card that leaves has failed the command it was sent, and the scripts behind were not performed (EMV 4.3 Book 4 A5).
 */
export function* runScripts(
  kind: '71' | '72',
  scripts: readonly Uint8Array[],
  state: TransactionState,
): ContactExchange<Step<undefined>> {
  let ending: Step<undefined> = proceed(undefined);
  for (const bytes of scripts) {
    if (kindOf(bytes) !== kind) continue;
    const script = onlyObject(bytes, '71', '72');
    state.statusInformation.set('scriptProcessing');
    const { result, end } = ending.ok ? yield* runScript(script) : { result: RESULT.notPerformed, end: ending };
    if (result !== RESULT.successful) state.verificationResults.set(FAILURE_MARKS[kind]);
    state.scriptResults.push(concat(Uint8Array.of(result), identifierOf(script)));
    ending = end;
  }
  return ending;
}

/** What cannot be read counts as the kind that its first byte says, and as not performed. */
const kindOf = (bytes: Uint8Array): '71' | '72' => (bytes[0] === 0x71 ? '71' : '72');

function identifierOf(script: DataObject | undefined): Uint8Array {
  const identifier = findFirst(script?.children ?? [], '9F18')?.value;
  return identifier?.length === IDENTIFIER_LENGTH ? identifier : new Uint8Array(IDENTIFIER_LENGTH);
}

/** The first byte of a script's result, and how to go on behind it. */
interface ScriptRun {
  readonly result: number;
  readonly end: Step<undefined>;
}

function* runScript(script: DataObject | undefined): ContactExchange<ScriptRun> {
  const commands = (script?.children ?? []).filter(({ tag }) => tag === '86').map(({ value }) => value);
  const end = proceed(undefined);
  if (commands.length === 0 || !commands.every(isCommand)) return { result: RESULT.notPerformed, end };
  for (const [index, command] of commands.entries()) {
    const answer = yield* transmitBytes(NAME, command);
    const failed = RESULT.failed | Math.min(index + 1, SEQUENCE_MAX);
    if (!answer.ok) return { result: failed, end: answer };
    if (!GOES_ON.has(answer.value.statusWord >> 8)) return { result: failed, end };
  }
  return { result: RESULT.successful, end };
}

function isCommand(bytes: Uint8Array): boolean {
  try {
    decodeCommand(bytes);
    return true;
  } catch {
    return false;
  }
}
