import { encodeNumeric, fromAscii, fromHex } from '../../emv/bytes.js';
import type { DataMap } from '../../emv/tlv/index.js';
import { type ApplicationState, amountOf, type CardApplication, withLogEntry } from '../card/index.js';
import { cappRecords } from './capp-files.js';
import type { TestPki } from './pki/test-pki.js';
import type { InitialLogEntry } from './profile/initial-state-schema.js';
import type { ApplicationProfile } from './profile/profile-schema.js';

const MERCHANT_LENGTH = 20;

/** The state that an application is handed out with. `application` is it as personalized: its log format counts. */
export function initialState(
  pki: TestPki,
  profile: ApplicationProfile,
  application: CardApplication,
): ApplicationState {
  const { state } = profile;
  const fresh: ApplicationState = {
    applicationTransactionCounter: state.transactionCounter,
    lastOnlineApplicationTransactionCounter: profile.lastOnlineApplicationTransactionCounter,
    pinTriesLeft: state.pinTriesLeft ?? profile.pinTries,
    balance: profile.electronicCash?.balanceFen ?? 0,
    secondBalance: amountOf(application.data, 'DF79') ?? 0,
    cumulativeOfflineAmount: state.cumulativeOfflineFen,
    cumulativeDualCurrencyAmount: 0,
    foreignCurrencyTransactions: state.foreignCurrencyTransactions,
    foreignCountryTransactions: state.foreignCountryTransactions,
    onlineAuthorizationPending: state.onlineAuthorizationPending,
    issuerAuthenticationFailed: state.issuerAuthenticationFailed,
    staticDataAuthenticationFailed: false,
    dynamicDataAuthenticationFailed: false,
    scriptCommands: 0,
    scriptFailed: false,
    ...(state.blocked === undefined ? {} : { blocked: state.blocked }),
    changedData: {},
    changedRecords: [],
    loadLog: [],
    offsetUsed: state.offsetUsedFen,
    preAuthorizations: [],
    cappRecords: cappRecords(pki, profile),
    log: [],
  };
  return withLog(fresh, application, state.log);
}

/** The state with these approvals in its log, newest first, in the format that the application's 9F4F asks for. */
function withLog(
  state: ApplicationState,
  application: CardApplication,
  entries: readonly InitialLogEntry[],
): ApplicationState {
  let logged = state;
  for (const entry of entries.toReversed()) {
    const then = { ...logged, applicationTransactionCounter: entry.transactionCounter };
    logged = withLogEntry(application, then, terminalDataOf(entry));
  }
  return { ...state, log: logged.log };
}

function terminalDataOf({ date, time = '00:00:00', amountFen, currency, merchant }: InitialLogEntry): DataMap {
  const digits = (text: string) => fromHex(text.replaceAll(/[-:]/g, ''));
  return new Map([
    ['9A', digits(date.slice(2))],
    ['9F21', digits(time)],
    ['9F02', encodeNumeric(amountFen, 6)],
    ['9F03', encodeNumeric(0, 6)],
    ['9F1A', fromHex('0156')],
    ['5F2A', fromHex(currency)],
    ['9C', fromHex('00')],
    ...(merchant === undefined ? [] : [['9F4E', fromAscii(merchant.padEnd(MERCHANT_LENGTH))] as const]),
  ]);
}
