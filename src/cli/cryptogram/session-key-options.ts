import { type Command, Option } from 'commander';
import type { SessionKeyInput, SymmetricAlgorithm } from '../../../emv/index.js';

export interface AlgorithmOption {
  readonly algorithm: SymmetricAlgorithm;
}

export interface SessionKeyOptions extends AlgorithmOption {
  readonly sessionKey?: string;
  readonly cardKey?: string;
  readonly masterKey?: string;
  readonly pan?: string;
  readonly psn?: string;
  readonly atc?: string;
  readonly session: SessionKeyInput['method'];
  readonly unpredictableNumber?: string;
}

export const addAlgorithm = (command: Command): Command =>
  command.addOption(new Option('--algorithm <name>', 'the block cipher').choices(['3des', 'sm4']).default('3des'));

export const addSessionMethod = (command: Command): Command =>
  command
    .addOption(
      new Option('--session <method>', "how session keys are made; PBOC's unless another scheme's")
        .choices(['pboc', 'common', 'visa', 'mastercard'])
        .default('pboc'),
    )
    .option('--unpredictable-number <hex>', '9F37, for mastercard');

/** A session key, or what it is made from: the card's key, or the issuer's and the card's number. */
export const addSessionKey = (command: Command): Command =>
  addSessionMethod(
    addAlgorithm(
      command
        .option('--session-key <hex>', "the transaction's key; hex or @FILE, as all keys here")
        .option('--card-key <hex>', "the card's key; with --atc the session key is made")
        .option('--master-key <hex>', "the issuer's key; with --pan, --psn and --atc all is made")
        .option('--pan <digits>', 'card number')
        .option('--psn <digits>', 'card sequence number', '00')
        .option('--atc <hex>', 'application transaction counter, 2 bytes (9F36)'),
    ),
  );
