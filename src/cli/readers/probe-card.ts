import { decodeAnswerToReset, toAscii, toHex } from '../../../emv/index.js';
import {
  type AnswerToResetReading,
  askReader,
  ChannelError,
  type Pcsc,
  type ReaderChannel,
  readAnswerToReset,
  readAts,
  readerKindOf,
  readUid,
  withTransportRules,
} from '../../readers/index.js';
import { type CardApplications, readApplications } from './read-applications.js';

/** What a card said when it was asked. */
export interface CardProbe extends Partial<CardApplications> {
  readonly answerToReset?: Uint8Array | undefined;
  readonly protocol?: string | undefined;
  /** Of a contactless card, where the reader tells. */
  readonly uid?: string | undefined;
  readonly ats?: string | undefined;
  /** Of the reader, where it says so. */
  readonly firmware?: string | undefined;
  readonly standard?: 'ISO/IEC 14443 A' | 'ISO/IEC 14443 B' | undefined;
}

/** Why a card was not asked, or did not say all. */
export interface ProbeProblem {
  readonly code: string;
  readonly message: string;
}

export type ProbeResult = CardProbe & { readonly problem?: ProbeProblem };

/** A card of ISO/IEC 14443 B: application data, protocol information and a length (PC/SC part 3 §3.1.3.2.3.1). */
const TYPE_B_HISTORICAL_BYTES = 8;

/** Asks the card on a reader who it is, shared with other programs, and leaves it as it is. Never throws ChannelError. */
export async function probeCard(pcsc: Pick<Pcsc, 'connect'>, readerName: string): Promise<ProbeResult> {
  let channel: ReaderChannel;
  try {
    channel = await pcsc.connect(readerName);
  } catch (error) {
    return { problem: problemOf(error) };
  }
  const { answerToReset, protocol } = channel;
  const reading = readAnswerToReset(answerToReset ?? new Uint8Array(0));
  const connected = { answerToReset, protocol };
  try {
    const field = reading.kind === 'contact' ? {} : await readField(channel, reading);
    const firmware = await readFirmware(channel);
    const hasCommands = reading.kind === 'contact' || reading.kind === 'contactless';
    const found = hasCommands ? await readApplications(withTransportRules(channel), sideOf(reading)) : {};
    return { ...connected, ...field, ...(firmware && { firmware }), ...found };
  } catch (error) {
    return { ...connected, problem: problemOf(error) };
  } finally {
    await channel.close();
  }
}

/** A reader that refuses, or whose driver does, has none that anybody could read. */
async function readFirmware(channel: ReaderChannel): Promise<string | undefined> {
  if (!('firmware' in readerKindOf(channel.name).commands)) return undefined;
  try {
    return printable(toAscii(await askReader(channel, 'firmware')));
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'reader-command-unsupported') return undefined;
    throw error;
  }
}

/** What a reader says may be anything, and is shown on a terminal. */
const printable = (text: string): string | undefined => (/^[ -~]+$/.test(text) ? text : undefined);

async function readField(channel: ReaderChannel, { kind }: AnswerToResetReading): Promise<CardProbe> {
  const uid = await readUid(channel);
  if (uid === undefined || kind !== 'contactless') return { uid: uid && toHex(uid) };
  const ats = await readAts(channel);
  const { historicalBytes } = decodeAnswerToReset(channel.answerToReset!);
  const isTypeB = ats === undefined && historicalBytes.length === TYPE_B_HISTORICAL_BYTES;
  return {
    uid: toHex(uid),
    ats: ats && toHex(ats),
    ...(ats && { standard: 'ISO/IEC 14443 A' }),
    ...(isTypeB && { standard: 'ISO/IEC 14443 B' }),
  };
}

const sideOf = ({ kind }: AnswerToResetReading) => (kind === 'contact' ? 'contact' : 'contactless');

/** A failure of the way to the card, as it is told. */
export function problemOf(error: unknown): ProbeProblem {
  if (!(error instanceof ChannelError)) throw error;
  return { code: error.code, message: error.message };
}
