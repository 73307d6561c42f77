import { type DataMap, toHex } from '../../../../emv/index.js';
import type { CardChannel } from '../../../readers/index.js';
import { contactOutcomeInHex } from '../../replay/kinds/session/contact/outcome-in-hex.js';
import type { Vector } from '../../replay/vector.js';
import { exchangeOf, inHex, trustNamed } from '../recording/vector-parts.js';
import type { ContactTap } from './contact-tap.js';
import { withoutPin } from './pin/without-pin.js';
import recordedData from './recorded-data.json';

/**
 * A contact transaction as a vector of kind `session`: with what terminal and issuer brought to it and what the card
 * answered, the kernel comes to the same end again. Of a PIN it holds how many digits it had: each stands as 0.
 */
export function contactVector(
  id: string,
  { type, at, terminal, run, exchanges, issuer }: ContactTap,
  channel: Pick<CardChannel, 'name' | 'answerToReset'>,
): Vector {
  const { outcome } = run;
  const { requestsOnline = false, merchantForcesOnline = false, maintains = false } = terminal;
  return {
    id,
    kind: 'session',
    title: `contact ${type}, ${channel.name}: ${outcome.outcome}`,
    input: {
      kernel: 'contact',
      name: channel.name,
      ...(channel.answerToReset && { answerToReset: toHex(channel.answerToReset) }),
      at: at.toISOString(),
      terminal: inHex(terminal.data),
      unpredictableNumber: toHex(terminal.unpredictableNumber),
      date: terminal.date,
      ...trustNamed(outcome, terminal),
      issuer: issuerInHex(issuer),
      options: { requestsOnline, merchantForcesOnline, maintains },
      transcript: exchanges.map(withoutPin).map(exchangeOf),
    },
    expect: { ...contactOutcomeInHex(outcome), data: inHex(recorded(outcome.data)) },
  };
}

/** A host that nobody asked would have been unable too. */
function issuerInHex(issuer: ContactTap['issuer']) {
  if (issuer === undefined || issuer === 'unable') return 'unable';
  const { responseCode, issuerAuthenticationData, authorizationCode, scripts } = issuer;
  return {
    authorizationResponseCode: responseCode,
    ...(issuerAuthenticationData && { issuerAuthenticationData }),
    ...(authorizationCode && { authorizationCode: toHex(Buffer.from(authorizationCode, 'latin1')) }),
    scripts,
  };
}

const recorded = (data: DataMap): DataMap =>
  new Map(recordedData.flatMap((tag) => (data.has(tag) ? [[tag, data.get(tag)!] as const] : [])));
