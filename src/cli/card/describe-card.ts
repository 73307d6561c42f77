import { describeValue, lookUpTag, toHex } from '../../../emv/index.js';
import type { ApplicationInspection, CardInspection } from '../../../simulator/index.js';
import { formatYuan, maskPan } from '../../tap/index.js';
import type { Colours } from '../colours.js';

/** Data objects that hold the card number. */
const panTags = new Set(['57', '5A', '9F6B', '56']);

export interface ShownCard extends Omit<CardInspection, 'applications'> {
  readonly applications: readonly (Omit<ApplicationInspection, 'dataObjects'> & {
    readonly dataObjects: readonly {
      readonly tag: string;
      readonly name: string;
      readonly value: string;
      readonly meaning?: string;
    }[];
  })[];
}

/** The card as plain JSON, its number masked unless `showPan`. */
export function showCard(card: CardInspection, { showPan }: { showPan: boolean }): ShownCard {
  return {
    ...card,
    applications: card.applications.map((application) => ({
      ...application,
      pan: showPan ? application.pan : maskPan(application.pan),
      dataObjects: application.dataObjects.map(({ tag, value }) => {
        const hidden = panTags.has(tag) && !showPan;
        const meaning = hidden ? undefined : describeValue(tag, value).meaning;
        return {
          tag,
          name: lookUpTag(tag)?.name ?? 'Unknown data object',
          value: hidden ? '*'.repeat(value.length * 2) : toHex(value),
          ...(meaning === undefined ? {} : { meaning }),
        };
      }),
    })),
  };
}

export function describeCard(card: ShownCard, colours: Colours): string[] {
  return [
    `${colours.bold(card.profile)}  ${card.issuer}, ${card.cardholderName}, ${card.interface}${card.flaw ? colours.red(`  ${card.flaw}`) : ''}`,
    ...card.applications.flatMap((application) => describeApplication(application, colours)),
  ];
}

function describeApplication(application: ShownCard['applications'][number], colours: Colours): string[] {
  const { purse, counters, log, blocked, smallPayment } = application;
  const yuan = (amount: number | undefined) => (amount === undefined ? 'not set' : `${formatYuan(amount)} yuan`);
  return [
    '',
    `${colours.cyan(application.applicationIdentifier)} ${colours.bold(application.label)}  ${application.pan} (${application.panSequenceNumber}), until ${application.expires}`,
    `  balance ${colours.green(yuan(purse.balanceFen))}, limit ${yuan(purse.limitFen)}, a transaction at most ${yuan(purse.singleTransactionLimitFen)}`,
    `  transactions ${counters.applicationTransactionCounter} (last online ${counters.lastOnlineApplicationTransactionCounter}), PIN tries left ${counters.pinTriesLeft}`,
    ...(blocked === undefined ? [] : [`  ${colours.red(`${blocked} blocked`)}`]),
    ...(smallPayment?.preAuthorizations ?? []).map(
      ({ shortFileIdentifier, amount }) =>
        `  held back ${formatYuan(amount)} yuan, file ${shortFileIdentifier.toString(16).toUpperCase()}`,
    ),
    ...(log.length === 0 ? ['  log empty'] : ['  log, newest first']),
    ...log.map(
      (entry) =>
        `    ${entry.date ?? '          '}${entry.time === undefined ? '' : ` ${entry.time}`}  ${formatYuan(entry.amountFen).padStart(9)} yuan  counter ${entry.applicationTransactionCounter}`,
    ),
    '  data objects',
    ...application.dataObjects.map(
      ({ tag, name, value, meaning }) =>
        `    ${colours.cyan(tag.padEnd(6))} ${name}  ${colours.bold(value.length > 48 ? `${value.slice(0, 48)}…` : value)}${meaning ? colours.green(`  ${meaning}`) : ''}`,
    ),
  ];
}
