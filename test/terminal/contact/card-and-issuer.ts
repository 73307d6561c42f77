import {
  type ContactTerminal,
  createCertificationAuthorityKeyStore,
  fromHex,
  type IssuerAnswer,
  type PortRequest,
  toHex,
} from '../../../emv/index.js';
import {
  type AuthorizationRequest,
  authorize,
  type CardAccount,
  type CardFile,
  createIssuer,
  openAccount,
  openCard,
  type ScriptOrder,
  testCaKeys,
} from '../../../simulator/index.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { type ContactPorts, runContactTransaction } from '../../../src/terminal/index.js';
import { issue, pki, random, terminalData } from '../../simulator/card-in-hand.js';

export const DATE = '2016-01-04';

/** An attended shop that can go online, with every offline authentication and PIN pad. */
export const SHOP: Readonly<Record<string, string>> = {
  '9F02': '000000001000',
  '9F03': '000000000000',
  '9F1A': '0156',
  '5F2A': '0156',
  '9A': '160104',
  '9F21': '101530',
  '9C': '00',
  '9F09': '0030',
  '9F33': 'E0F8C8',
  '9F35': '22',
  '9F40': '6000F0A001',
  '9F4E': '53484F50'.padEnd(40, '0'),
  '9F1B': '00004E20',
  DF11: '0000000000',
  DF12: '0000000000',
  DF13: '0000000000',
};

export interface Meeting {
  readonly data?: Readonly<Record<string, string>>;
  readonly terminal?: Partial<ContactTerminal>;
  readonly pins?: readonly string[];
  readonly ports?: ContactPorts;
  readonly request?: Partial<AuthorizationRequest>;
  /** `false`: no host. */
  readonly host?: boolean;
  readonly tamper?: (answer: IssuerAnswer) => IssuerAnswer;
}

/** A card in a slot and the issuer that knows it; both keep their state from one transaction to the next. */
export class CardAndIssuer {
  account: CardAccount;
  readonly card: ReturnType<typeof openCard>;
  readonly requests: PortRequest<'enter-pin'>[] = [];

  constructor(file: CardFile, orders: readonly ScriptOrder[] = []) {
    this.card = openCard(file, { random });
    const pan = file.applications[0]!.data['5A']!.replace(/F+$/, '');
    const pinDigits = '123456';
    this.account = openAccount({
      pan,
      panSequenceNumber: '01',
      availableFen: 100_000,
      pin: { digits: pinDigits, triesLeft: 3 },
      orders,
    });
  }

  static of(profile: string, orders?: readonly ScriptOrder[]): CardAndIssuer {
    return new CardAndIssuer(issue(profile), orders);
  }

  async meet({ data = {}, terminal = {}, pins = [], ports = {}, request = {}, host = true, tamper }: Meeting = {}) {
    const channel = createSoftwareChannel({
      transmit: (command) => this.card.transmit(command),
      powerOn: () => this.card.powerOn('contact'),
      powerOff: () => this.card.powerOff(),
    });
    let turn = 0;
    const run = await runContactTransaction(
      {
        data: terminalData({ ...SHOP, ...data }),
        unpredictableNumber: fromHex('01020304'),
        date: DATE,
        caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
        ...terminal,
      },
      channel,
      {
        enterPin: (entry) => {
          this.requests.push(entry);
          return pins[turn++];
        },
        ...(host && {
          authorizeOnline: ({ data: sent }) => {
            const { answer, account } = authorize(issuer, this.account, { data: sent, date: DATE, ...request });
            this.account = account ?? this.account;
            return tamper ? tamper(answer) : answer;
          },
        }),
        ...ports,
      },
    );
    await channel.close();
    const { outcome } = run;
    return {
      ...run,
      tvr: toHex(outcome.terminalVerificationResults),
      tsi: toHex(outcome.transactionStatusInformation),
      cvm: toHex(outcome.cardholderVerification.results ?? new Uint8Array()),
    };
  }

  get balanceFen(): number {
    return this.card.inspect().applications[0]!.purse.balanceFen;
  }
}

const { issuerIdentifier, masterKeys } = pki.issuer('bank-of-china');
const issuer = createIssuer({
  keySets: (['3des', 'sm4'] as const).map((algorithm) => ({ issuerIdentifier, algorithm, masterKeys })),
});
