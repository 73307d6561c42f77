import {
  arpc,
  concat,
  externalAuthenticate,
  fromAscii,
  fromHex,
  getChallenge,
  internalAuthenticate,
  plaintextOfflinePin,
  select,
  toHex,
  verify,
} from '../../../../../emv/index.js';
import type { CardRun, Seen } from './card-run.js';
import { appendRecord, readCapp, updateCapp } from './perform/capp-commands.js';
import { generateCryptogram } from './perform/generate-cryptogram.js';
import { getProcessingOptions } from './perform/processing-options.js';
import { readAll, readRecord } from './perform/read-records.js';
import { tagsOfRange, variationsOf } from './perform/variations.js';
import { scriptCommandOf } from './script-command.js';
import { numberOf, type Step, type StepOf } from './step-schema.js';

type Performer<Name extends Step['do']> = (run: CardRun, step: StepOf<Name>) => readonly Seen[];

const WRONG_PIN = '9999';
const NOTHING = new Uint8Array(0);

/** What each step does with the card; what it saw, one entry for each command that its expectations are held against. */
export const performers: { readonly [Name in Exclude<Step['do'], 'macro'>]: Performer<Name> } = {
  reset: () => [],
  selectPPSE: (run) => [run.send(select(fromAscii('2PAY.SYS.DDF01')))],
  selectPSE: (run) => [run.send(select(fromAscii('1PAY.SYS.DDF01')))],
  select: (run, { aid, occurrence }) => [run.select(fromHex(aid), occurrence)],
  gpo: (run, step) => Array.from({ length: step.repeat ?? 1 }, () => getProcessingOptions(run, step)),
  readAll: (run) => readAll(run),
  readRecord: (run, { sfi, record }) => [readRecord(run, numberOf(sfi), record)],
  getData: (run, { tag }) =>
    typeof tag === 'string'
      ? [withValue(run.getData(tag))]
      : tag.ranges.flatMap(tagsOfRange).map((one) => withValue(run.getData(one))),
  internalAuth: (run, { data }) => [run.send(internalAuthenticate(fromHex(data)))],
  getChallenge: (run) => [run.send(getChallenge())],
  genAC: (run, step) => [generateCryptogram(run, step)],
  verify: (run, { p2, pin, times }) => {
    const digits = pin === 'right' ? run.pin : pin === 'wrong' ? WRONG_PIN : pin;
    const tries = times === 'PTC' ? run.amountOf('9F17') : times;
    const command = verify(numberOf(p2), plaintextOfflinePin(digits));
    const answers = Array.from({ length: tries }, () => run.send(command));
    return answers.slice(-1);
  },
  externalAuth: (run, { arc: code, arpc: kind }) => {
    const { cryptogramAlgorithm: algorithm } = run.application;
    const arqc = run.firstCryptogram ?? new Uint8Array(8);
    const key = run.sessionKey('applicationCryptogram');
    const arc = fromHex(code);
    const answer = kind === 'absent' ? NOTHING : arpc({ method: '1', algorithm, key, arqc, arc });
    if (kind === 'wrong' || kind === 'invalid') answer[0]! ^= 0xff;
    return [run.send(externalAuthenticate(concat(answer, arc)))];
  },
  script: (run, step) => [run.sendBytes(scriptCommandOf(run, step))],
  readCapp: (run, step) => [readCapp(run, step)],
  updateCapp: (run, step) => [updateCapp(run, step)],
  appendRecord: (run, step) => [appendRecord(run, step)],
  getTransProve: (run, { apdu, atc }) => {
    const counter = atc ?? toHex(run.counter);
    const seen = run.sendBytes(fromHex((apdu ?? '805A000002{ATC}08').replace('{ATC}', counter)));
    return [{ ...seen, value: seen.response.data }];
  },
  apdu: (run, { apdu, vary }) => variationsOf(apdu, vary, run.counter).map((hex) => run.sendBytes(fromHex(hex))),
};

const withValue = ({ seen, value }: ReturnType<CardRun['getData']>): Seen => ({ ...seen, value });
