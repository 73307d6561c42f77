import type { ExplainedObject } from '../../../emv/index.js';
import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { printTree } from '../decode/print-tree.js';
import type { ShownApplication, ShownCard, ShownRecord } from './show-card.js';

const HEX_LENGTH_MAX = 48;

/** What people see of a card: purse, counters, logs, then every data object; records where they are asked for. */
export function describeCard(card: ShownCard, colours: Colours, { records }: { readonly records: boolean }): string[] {
  const wrong = [...(card.flaw ? [card.flaw] : []), ...card.faults].join(', ');
  return [
    `${colours.bold(card.profile)}  ${card.issuer}, ${card.cardholderName}, ${card.interface}${wrong ? colours.red(`  ${wrong}`) : ''}`,
    ...card.applications.flatMap((application) => [
      '',
      ...describeApplication(application, colours),
      ...(records ? describeRecords(application.records, colours) : []),
      ...secretsOf(application, colours),
    ]),
    ...describeTransport(card, colours),
    ...(card.privateKey === undefined
      ? []
      : ['', colours.yellow('private key'), ...named(Object.entries(card.privateKey))]),
    ...(card.sm2PrivateKey === undefined ? [] : ['', `${colours.yellow('SM2 private key')}  ${card.sm2PrivateKey}`]),
  ];
}

function describeTransport({ transport }: ShownCard, colours: Colours): string[] {
  if (transport === undefined) return [];
  const { applicationIdentifier, cardNumber, balanceFen } = transport;
  return [
    '',
    `${colours.cyan(applicationIdentifier)} ${colours.bold('transport card')}  ${cardNumber}`,
    `  balance ${colours.green(yuan(balanceFen))}`,
  ];
}

const named = (entries: readonly (readonly [string, unknown])[]): string[] =>
  entries.map(([name, value]) => `  ${name}  ${value}`);

const yuan = (amount: number | undefined) => (amount === undefined ? 'not set' : `${formatYuan(amount)} yuan`);

function describeApplication(application: ShownApplication, colours: Colours): string[] {
  const { blocked } = application;
  return [
    `${colours.cyan(application.applicationIdentifier)} ${colours.bold(application.label)}  ${application.pan} (${application.panSequenceNumber}), until ${application.expires}`,
    `  authenticates by ${algorithmsOf(application)}`,
    ...(blocked === undefined ? [] : [`  ${colours.red(`${blocked} blocked`)}`]),
    ...describePurse(application, colours),
    ...describeCounters(application),
    ...describeSmallPayment(application),
    ...describeLogs(application),
    ...objects('data objects', application.dataObjects, colours),
    ...objects('over contact', application.contactDataObjects, colours),
    ...objects('in electronic cash over contact', application.electronicCashDataObjects, colours),
    ...objects('with SM2', application.smDataObjects, colours),
  ];
}

function describePurse({ purse }: ShownApplication, colours: Colours): string[] {
  const { second } = purse;
  return [
    `  balance ${colours.green(yuan(purse.balanceFen))}, limit ${yuan(purse.limitFen)}, a transaction at most ${yuan(purse.singleTransactionLimitFen)}`,
    ...(second === undefined
      ? []
      : [
          `  in currency ${second.currency.slice(1)}: balance ${colours.green(formatYuan(second.balance))}, limit ${second.limit === undefined ? 'not set' : formatYuan(second.limit)}`,
        ]),
  ];
}

/** Counters and flags that say something; what they are at first is left out. */
const counterNames = {
  cumulativeOfflineAmount: 'spent offline',
  cumulativeDualCurrencyAmount: 'spent offline in both currencies',
  foreignCurrencyTransactions: 'offline in another currency',
  foreignCountryTransactions: 'offline in another country',
  offsetUsed: 'beyond the balance',
  scriptCommands: 'script commands',
} as const;
const flagNames = {
  onlineAuthorizationPending: 'online authorization pending',
  issuerAuthenticationFailed: 'issuer authentication failed',
  staticDataAuthenticationFailed: 'static data authentication failed',
  dynamicDataAuthenticationFailed: 'dynamic data authentication failed',
  scriptFailed: 'script failed',
} as const;
const amounts = new Set(['cumulativeOfflineAmount', 'cumulativeDualCurrencyAmount', 'offsetUsed']);

function describeCounters({ counters }: ShownApplication): string[] {
  const told = (Object.keys(counterNames) as (keyof typeof counterNames)[])
    .filter((name) => counters[name] !== 0)
    .map((name) => `${counterNames[name]} ${amounts.has(name) ? yuan(counters[name]) : counters[name]}`);
  const flags = (Object.keys(flagNames) as (keyof typeof flagNames)[])
    .filter((name) => counters[name])
    .map((name) => flagNames[name]);
  return [
    `  transactions ${counters.applicationTransactionCounter} (last online ${counters.lastOnlineApplicationTransactionCounter}), PIN tries left ${counters.pinTriesLeft}`,
    ...(told.length === 0 ? [] : [`  ${told.join(', ')}`]),
    ...(flags.length === 0 ? [] : [`  ${flags.join(', ')}`]),
  ];
}

const fileName = (shortFileIdentifier: number): string =>
  shortFileIdentifier.toString(16).toUpperCase().padStart(2, '0');

function describeSmallPayment({ smallPayment }: ShownApplication): string[] {
  if (smallPayment === undefined) return [];
  const { preAuthorizations, records } = smallPayment;
  return [
    ...preAuthorizations.map(
      ({ shortFileIdentifier, amount }) => `  held back ${yuan(amount)}, file ${fileName(shortFileIdentifier)}`,
    ),
    ...records.map(({ shortFileIdentifier, bytes }) => `  file ${fileName(shortFileIdentifier)}  ${bytes}`),
  ];
}

function describeLogs({ log, loadLog }: ShownApplication): string[] {
  return [
    log.length === 0 ? '  log empty' : '  log, newest first',
    ...log.map(
      ({ date = '          ', time, amountFen, applicationTransactionCounter: counter }) =>
        `    ${date}${time === undefined ? '' : ` ${time}`}  ${yuan(amountFen).padStart(14)}  counter ${counter}`,
    ),
    ...(loadLog.length === 0 ? [] : ['  loads, newest first']),
    ...loadLog.map(
      ({ date = '          ', tag, oldBalance, newBalance, applicationTransactionCounter: counter }) =>
        `    ${date}  ${formatYuan(oldBalance)} to ${formatYuan(newBalance)} (${tag})  counter ${counter}`,
    ),
  ];
}

const objects = (title: string, shown: readonly ExplainedObject[], colours: Colours): string[] =>
  shown.length === 0 ? [] : [`  ${title}`, ...printTree(shown, colours, '    ', HEX_LENGTH_MAX)];

function describeRecords(records: readonly ShownRecord[], colours: Colours): string[] {
  return records.flatMap(({ shortFileIdentifier, recordNumber, content, madeAtTheTap }) => [
    `  file ${fileName(shortFileIdentifier)}, record ${recordNumber}${madeAtTheTap ? `: made at the tap, ${madeAtTheTap.join(', ')}` : ''}`,
    ...printTree(content ?? [], colours, '    ', HEX_LENGTH_MAX),
  ]);
}

function secretsOf({ secrets }: ShownApplication, colours: Colours): string[] {
  if (secrets === undefined) return [];
  const described = (title: string, keys: object) => [
    `  ${colours.yellow(title)}`,
    ...Object.entries(keys).map(([name, key]) => `    ${name}  ${key}`),
  ];
  return [
    ...described('keys', secrets.keys),
    ...(secrets.smKeys === undefined ? [] : described('keys of SM4', secrets.smKeys)),
    ...(secrets.pin === undefined ? [] : [`    PIN  ${secrets.pin}`]),
  ];
}

/** RSA with 3DES, SM2 with SM4; of two the terminal chooses one. */
function algorithmsOf({ publicKeyAlgorithms, cryptogramAlgorithms }: ShownCard['applications'][number]): string {
  return publicKeyAlgorithms
    .map((algorithm, index) => `${algorithm.toUpperCase()} with ${cryptogramAlgorithms[index]!.toUpperCase()}`)
    .join(', or ');
}
