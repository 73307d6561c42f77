import { concat, fromHex, toHex } from '../../emv/bytes.js';
import { encode } from '../../emv/tlv/index.js';
import type { TransportApplication } from '../card/index.js';
import { toBigEndian } from '../numbers/big-endian.js';
import type { TransportProfile } from './profile/transport-schema.js';

/** China T-Union, electronic purse. */
const APPLICATION_IDENTIFIER = 'A000000632010105';
const LABEL = 'MOT_T_EP';
/** Issuer, kind of application, version. */
const ISSUER = '01011000FFFFFFFF';
const KIND_AND_VERSION = '0201';
const PUBLIC_INFORMATION_FILE = 0x15;
const LOG_FILE = 0x18;
/** Of a ride in the log. */
const PURCHASE = 0x06;
const TERMINAL = '315001000001';

const digits = (text: string) => text.replaceAll(/[-:]/g, '');

/** The transport application as its issuer personalizes it; its public information stands in file 15 and in SELECT. */
export function transportApplication(profile: TransportProfile): TransportApplication {
  const { cardNumber, effective, expires, balanceFen, overdraftFen, rides } = profile;
  const validity = digits(effective) + digits(expires);
  const information = fromHex(`${ISSUER}${KIND_AND_VERSION}0${cardNumber}${validity}0000`);
  const proprietary = [
    { tag: '9F08', value: Uint8Array.of(0x02) },
    { tag: '9F0C', value: information },
  ];
  return {
    applicationIdentifier: APPLICATION_IDENTIFIER,
    label: LABEL,
    proprietaryInformation: toHex(encode([{ tag: 'A5', children: proprietary }])),
    cardNumber,
    balance: balanceFen,
    overdraft: overdraftFen,
    files: [
      { shortFileIdentifier: PUBLIC_INFORMATION_FILE, bytes: toHex(information) },
      { shortFileIdentifier: LOG_FILE, records: rides.map((ride, index) => logRecord(ride, rides.length - index)) },
    ],
  };
}

/** 23 bytes: number of the transaction, overdraft limit, amount, kind, terminal, date, time. */
function logRecord({ date, time, amountFen }: TransportProfile['rides'][number], number: number): string {
  const head = concat(toBigEndian(BigInt(number), 2), new Uint8Array(3), toBigEndian(BigInt(amountFen), 4));
  return toHex(concat(head, Uint8Array.of(PURCHASE), fromHex(TERMINAL), fromHex(digits(date)), fromHex(digits(time))));
}
