import { readTerminalVerificationResults } from '../../../emv/values/index.js';
import cardResults from '../card-results.json';
import type { OpenedRequest } from '../open-request.js';
import type { Check } from './check.js';

/** A counter never comes twice; each value is one transaction (JR/T 0025.5-2013 A.1, 9F36). */
export const checkCounter: Check = ({ issuer, account, transactionCounter }) => {
  if (transactionCounter <= account.transactionCounter) return 'counter-repeated';
  return transactionCounter - account.transactionCounter > issuer.policy.counterGapMaximum
    ? 'counter-jumped'
    : undefined;
};

export const checkStatus: Check = ({ account }) => {
  if (account.status === 'lost') return 'card-lost';
  if (account.status === 'stolen') return 'card-stolen';
  return account.status === 'closed' ? 'account-closed' : undefined;
};

/** A card is good to the last day of its month; the century is this one. */
export const checkExpiry: Check = ({ card, request }) => {
  if (card.expires === undefined) return undefined;
  return request.date.slice(2, 7).replace('-', '') > card.expires ? 'card-expired' : undefined;
};

/** What terminal and card found, where the issuer declines for it. */
export const checkCardResults: Check = (opened) =>
  flagsSet(opened, 'decline').length > 0 ? 'card-authentication-failed' : undefined;

/** What terminal and card found and the issuer takes note of. */
export const notesOf = (opened: OpenedRequest): readonly string[] => flagsSet(opened, 'note');

function flagsSet({ request, issuerApplicationData }: OpenedRequest, action: string): string[] {
  const terminalResults = request.data.get('95');
  const flags: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    '95': terminalResults?.length === 5 ? { ...readTerminalVerificationResults(terminalResults) } : {},
    '9F10': { ...issuerApplicationData.cardVerificationResults },
  };
  return cardResults
    .filter((row) => row.action === action && flags[row.of]![row.flag] === true)
    .map(({ flag }) => flag);
}
