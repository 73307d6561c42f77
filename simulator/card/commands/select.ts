import type { Command, Response } from '../../../emv/apdu/index.js';
import { equalBytes, fromHex } from '../../../emv/bytes.js';
import { onceFor } from '../../../emv/once-for.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, answerWith, refuse } from '../answer.js';
import type { CardApplication } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { objectsOf } from '../personalized.js';
import { noVerification } from '../transaction/contact-transaction.js';
import { isEnvironment, labelAndPriority, selectEnvironment } from './payment-system-environment.js';

const NAME_LENGTH_MIN = 5;
const NAME_LENGTH_MAX = 16;
const BY_NAME = 0x04;
const FIRST = 0x00;
const NEXT = 0x02;

/** Data objects of the file control information that an issuer may add, in this order (JR/T 0025.10-2013 6.4). */
const PROPRIETARY_TAGS = ['9F38', '5F2D', '9F11', '9F12'];
const DISCRETIONARY_TAGS = ['9F4D', 'DF4D', 'DF61'];

/**
 * SELECT by name, whole or partial, first or next occurrence (EMV 4.3 Book 1 §11.3 and §12.3; PPSE: JR/T 0025.12-2013
 * 6.4). Whatever is found or not, a transaction that was under way is over, and an approval whose last record was not
 * read has never been. A blocked application is told by 6283 (JR/T 0025.5-2013 17.5); a blocked card is silent on all.
 */
export function select(session: CardSession, command: Command): Response {
  const { p1, p2, data } = command;
  if (p1 !== BY_NAME || (p2 !== FIRST && p2 !== NEXT)) return refuse('incorrect-parameters');
  if (data === undefined || data.length < NAME_LENGTH_MIN || data.length > NAME_LENGTH_MAX) {
    return refuse('wrong-length');
  }
  const current = 'application' in session.stage ? session.stage.application : undefined;
  session.stage = { name: 'idle' };
  if (session.isBlocked) return refuse('function-not-supported');
  if (isEnvironment(data, session.interface)) return selectEnvironment(session);
  const from = p2 === NEXT && current !== undefined ? current + 1 : 0;
  const found = session.file.applications.findIndex(
    ({ applicationIdentifier }, index) => index >= from && startsWith(fromHex(applicationIdentifier), data),
  );
  if (found < 0) return refuse('file-not-found');
  session.stage = { name: 'selected', application: found, verification: noVerification };
  const information = fileControlInformation(session.application(found));
  return session.applicationState(found).blocked === undefined
    ? answer(information)
    : answerWith(information, 'selected-file-invalidated');
}

function startsWith(whole: Uint8Array, beginning: Uint8Array): boolean {
  return beginning.length <= whole.length && equalBytes(whole.subarray(0, beginning.length), beginning);
}

/** Put together once for an application as it stands. */
const fileControlInformation = onceFor((application: CardApplication): Uint8Array => {
  const discretionary = objectsOf(application.data, DISCRETIONARY_TAGS);
  const proprietary = [
    ...labelAndPriority(application),
    ...objectsOf(application.data, PROPRIETARY_TAGS),
    ...(discretionary.length === 0 ? [] : [{ tag: 'BF0C', children: discretionary }]),
  ];
  return encode([
    {
      tag: '6F',
      children: [
        { tag: '84', value: fromHex(application.applicationIdentifier) },
        { tag: 'A5', children: proprietary },
      ],
    },
  ]);
});
