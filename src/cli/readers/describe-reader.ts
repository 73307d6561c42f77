import { type ExplainedObject, explainAnswerToReset, toHex } from '../../../emv/index.js';
import {
  ChannelError,
  type Pcsc,
  type ReaderStatus,
  readAnswerToReset,
  readerKindOf,
  readReaderName,
} from '../../readers/index.js';
import { type ProbeResult, probeCard, problemOf } from './probe-card.js';

/** A reader and what lies on it, for scripts as it is. */
export interface DescribedReader extends Omit<ProbeResult, 'answerToReset'> {
  readonly name: string;
  /** What the slots of one device share in their names, and which of them it is, from 0. */
  readonly device: string;
  readonly slot: number;
  /** Of the reader: `ACR122U`; absent where its name tells nothing. */
  readonly reader?: string | undefined;
  readonly interface?: 'contact' | 'contactless' | undefined;
  readonly card: ReaderStatus['card'];
  /** Whether other programs use the card. */
  readonly use: ReaderStatus['use'];
  readonly answerToReset?: string | undefined;
  /** Of the card, by its answer to reset. */
  readonly kind?: ReturnType<typeof readAnswerToReset>['kind'];
  readonly description?: string;
  readonly explained?: readonly ExplainedObject[];
}

export interface DescribeOptions {
  /** Whether the card is asked as well; one that another program uses never is. */
  readonly probe: boolean;
  /** Whether the answer to reset is explained byte by byte. */
  readonly explain: boolean;
}

export async function describeReader(
  pcsc: Pcsc,
  status: ReaderStatus,
  { probe, explain }: DescribeOptions,
): Promise<DescribedReader> {
  const { card, name, use } = status;
  const { interface: side, kind: reader } = readerKindOf(name);
  const { answerToReset: answered, ...asked } = await ask(pcsc, status, probe);
  const bytes = answered ?? status.answerToReset;
  const reading = bytes && readAnswerToReset(bytes);
  return {
    name,
    ...readReaderName(name),
    ...(reader !== 'unknown' && { reader }),
    interface: side,
    card: card === 'mute' && answered ? 'present' : card,
    use,
    ...(bytes && { answerToReset: toHex(bytes) }),
    ...reading,
    ...asked,
    ...(explain && bytes && reading?.kind !== 'invalid' && { explained: explainAnswerToReset(bytes) }),
  };
}

async function ask(pcsc: Pcsc, { card, name, use }: ReaderStatus, probe: boolean): Promise<ProbeResult> {
  if (!probe || card === 'absent') return {};
  if (use === 'free') return probeCard(pcsc, name);
  const how = use === 'exclusive' ? 'has the card for itself' : 'uses the card';
  return { problem: problemOf(new ChannelError('card-in-use', `another program ${how}; it was not asked what it is`)) };
}
