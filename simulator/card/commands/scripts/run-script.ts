import { type Command, headerOf, type Response } from '../../../../emv/apdu/index.js';
import { equalBytes } from '../../../../emv/bytes.js';
import { scriptMac } from '../../../../emv/cryptogram/index.js';
import { done, refuse, type Status } from '../../answer.js';
import type { ApplicationState, CardApplication } from '../../card-file.js';
import type { CardSession } from '../../card-session.js';
import { encodeCounter } from '../../cryptography/encode-counter.js';
import { TransactionKeys } from '../../cryptography/transaction-keys.js';
import type { InitiatedStage } from '../cryptogram-request.js';

export interface ScriptInput {
  readonly p1: number;
  readonly p2: number;
  /** Without the MAC; enciphered as it came. */
  readonly data: Uint8Array;
  readonly application: CardApplication;
  readonly state: ApplicationState;
  readonly keys: TransactionKeys;
  readonly stage: InitiatedStage;
}

/** A command of an issuer script (JR/T 0025.5-2013 17.6.2). */
export interface ScriptCommand {
  readonly cla: number;
  readonly ins: number;
  readonly reference: string;
  /** Whether the parameters are allowed, and how long the data without MAC is; `any`: at least one byte. */
  length(command: Pick<Command, 'p1' | 'p2'>): number | 'any' | Status;
  /** The state after the command, or why there is none. */
  apply(input: ScriptInput): ApplicationState | Status;
}

const MAC_LENGTH = 4;
const SCRIPT_COMMANDS_MAX = 15;

/**
 * Runs a command with secure messaging: taken after a first cryptogram that was no TC, unless issuer authentication
 * failed or an earlier MAC was wrong (JR/T 0025.5-2013 17.6.2, 17.6.3, C.2). A command with a MAC counts once the
 * second cryptogram is out; one without, one with a wrong MAC and one that cannot be done are remembered as failed.
 */
export function runScript(session: CardSession, command: Command, script: ScriptCommand): Response {
  const { stage } = session;
  if (stage.name !== 'initiated') return refuse('conditions-not-satisfied');
  const { first, issuerAuthentication, scriptsRefused } = stage.transaction;
  const isTaken = first !== undefined && first.type !== 'TC' && issuerAuthentication !== 'failed' && !scriptsRefused;
  if (!isTaken) return refuse('conditions-not-satisfied');
  const length = script.length(command);
  const missing = typeof length === 'string' && length !== 'any' ? length : lengthObjection(command.data, length);
  if (missing !== undefined) return fail(session, stage, missing, 0);
  const data = command.data!;
  const application = session.application(stage.application);
  const keys = new TransactionKeys(application, stage.transaction.applicationTransactionCounter);
  const expected = scriptMac({
    algorithm: keys.algorithm,
    key: keys.get('messageAuthentication')!,
    header: headerOf(command),
    atc: encodeCounter(stage.transaction.applicationTransactionCounter),
    applicationCryptogram: first.cryptogram,
    data: data.subarray(0, -MAC_LENGTH),
  });
  if (!equalBytes(expected, data.subarray(-MAC_LENGTH))) {
    session.stage = { ...stage, transaction: { ...stage.transaction, scriptsRefused: true } };
    return fail(session, stage, 'secure-messaging-incorrect', 1);
  }
  const state = counted(session.applicationState(stage.application), stage, 1);
  const { p1, p2 } = command;
  const after = script.apply({ p1, p2, data: data.subarray(0, -MAC_LENGTH), application, state, keys, stage });
  if (typeof after === 'string') return fail(session, stage, after, 1);
  session.keep(stage.application, after);
  return done;
}

/** Data as long as it should be without a MAC has lost its MAC; any other length is wrong. */
function lengthObjection(data: Uint8Array | undefined, wanted: number | string): Status | undefined {
  const length = data?.length ?? 0;
  if (wanted === 'any') return length > MAC_LENGTH ? undefined : 'wrong-length';
  if (length === Number(wanted) + MAC_LENGTH) return undefined;
  return length > 0 && length === Number(wanted) ? 'secure-messaging-missing' : 'wrong-length';
}

function fail(session: CardSession, stage: InitiatedStage, status: Status, commands: number): Response {
  const state = counted(session.applicationState(stage.application), stage, commands);
  session.keep(stage.application, { ...state, scriptFailed: true });
  return refuse(status);
}

function counted(state: ApplicationState, { transaction }: InitiatedStage, commands: number): ApplicationState {
  if (transaction.second === undefined) return state;
  return { ...state, scriptCommands: Math.min(SCRIPT_COMMANDS_MAX, state.scriptCommands + commands) };
}
