import { z } from 'zod';

const instant = z.string().describe('An instant (ISO 8601)');
const day = z.string().describe('Service day, YYYY-MM-DD');
const fen = z.int().describe('Fen, 1/100 yuan');

/** An event's meaning, what its `subject` names, and its data: nothing of a person, no card number. */
interface EventDescription<Data extends z.ZodType = z.ZodType> {
  readonly summary: string;
  readonly subject: string;
  readonly data: Data;
}

const event = <Data extends z.ZodType>(summary: string, subject: string, data: Data): EventDescription<Data> => ({
  summary,
  subject,
  data,
});

const settlement = z.looseObject({
  settlementId: z.string(),
  serviceDay: day,
  party: z.string().optional().describe('The operator or sponsor that it is with'),
  amountFen: fen.optional(),
  reason: z.string().optional(),
});

/** Every type of event that can be subscribed to. */
export const eventCatalogue = {
  'exception.opened': event(
    'A tap was set aside, or something about taps wants a person’s look',
    'the tap, terminal or card token',
    z.looseObject({
      kind: z.string(),
      code: z.string().optional(),
      operator: z.string().optional(),
      terminal: z.string().optional(),
      tapId: z.string().optional(),
    }),
  ),
  'service-day.closed': event(
    'A service day’s books were closed and never change again',
    'the service day',
    z.looseObject({ serviceDay: day, grossFen: fen.optional(), cardFen: fen.optional(), sponsorFen: fen.optional() }),
  ),
  'settlement.created': event('A settlement was made', 'the settlement', settlement),
  'settlement.acknowledged': event('A settlement was acknowledged', 'the settlement', settlement),
  'settlement.rejected': event('A settlement was rejected', 'the settlement', settlement),
  'list.published': event(
    'A list for terminals has a new version',
    'the list',
    z.looseObject({ list: z.string(), version: z.int() }),
  ),
  'card.lost': event(
    'A card was reported lost',
    'the card token',
    z.looseObject({ cardToken: z.string(), from: instant }),
  ),
  'webhook.test': event(
    'Asked for with POST /v1/webhooks/{id}/test',
    'the webhook',
    z.looseObject({ webhookId: z.string() }),
  ),
} as const;

export type EventType = keyof typeof eventCatalogue;

export type EventData<Type extends EventType> = z.infer<(typeof eventCatalogue)[Type]['data']>;

export const eventTypes = Object.keys(eventCatalogue) as [EventType, ...EventType[]];
