import { z } from 'zod';
import { fromHex } from '../../../../emv/index.js';
import type { IssuerHost, KeptAccount } from '../../../../simulator/index.js';
import { messageData } from './message-data.js';
import { type Answer, type Route, route } from './route.js';
import * as schemas from './schemas.js';
import { showAccount } from './show-account.js';

export interface RoutesOptions {
  readonly host: IssuerHost;
  /** An id for an order that the client gave none. */
  readonly makeId: () => string;
}

const ordered = {
  201: { description: 'Ordered', schema: schemas.accountSchema },
  200: { description: 'Ordered before under this id; nothing was changed', schema: schemas.accountSchema },
};

const changed = { 200: { description: 'The account afterwards', schema: schemas.accountSchema } };

/** Requests of terminals, as their acquirers pass them on. */
export const terminalRoutes = ({ host }: RoutesOptions): readonly Route[] => [
  route({
    method: 'post',
    path: '/v1/authorizations',
    operationId: 'authorize',
    summary: 'Answer an authorization request',
    body: schemas.authorizationSchema,
    answers: {
      201: { description: 'Answered: the decision is in the body', schema: schemas.answerSchema },
      200: { description: 'The same request again: the same answer', schema: schemas.answerSchema },
    },
    problems: ['conflict'],
    handle({ body: { kind, pinBlock, ...message } }) {
      const { isRepeated, answer } = host.authorize({
        data: messageData(message),
        kind,
        ...(pinBlock !== undefined && { pinBlock: fromHex(pinBlock) }),
      });
      const { card, decision, reason } = answer;
      return { status: isRepeated ? 200 : 201, body: answer, log: { ...card, kind, decision, reason } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/confirmations',
    operationId: 'confirm',
    summary: 'Tell how the card took its scripts, and whether the transaction stands',
    body: schemas.confirmationSchema,
    answers: changed,
    problems: ['unknown', 'conflict'],
    handle({ body: { authorization, outcome, scriptResults } }) {
      const kept = host.confirm(authorization, { outcome, scriptResults: scriptResults.map(fromHex) });
      return answerWith(host, kept, 200, { outcome });
    },
  }),
  route({
    method: 'post',
    path: '/v1/advices',
    operationId: 'advise',
    summary: 'Tell of a transaction that terminal and card decided without the issuer',
    body: schemas.adviceSchema,
    answers: { 200: { description: 'Whether it is the card’s word', schema: schemas.advisedSchema } },
    handle({ body }) {
      const advised = host.advise(messageData(body));
      return { status: 200, body: advised, log: { ...advised.card, isProved: advised.isProved } };
    },
  }),
];

/** What the bank does with its cards. */
export const accountRoutes = ({ host, makeId }: RoutesOptions): readonly Route[] => [
  route({
    method: 'get',
    path: '/v1/accounts',
    operationId: 'listAccounts',
    summary: 'The accounts, by token',
    query: schemas.pageSchema,
    answers: { 200: { description: 'A page', schema: schemas.accountsSchema } },
    handle({ query: { limit, after } }) {
      const found = host.accounts({ limit, after });
      const next = found.length === limit ? found.at(-1)?.token : undefined;
      const accounts = found.map((kept) => showAccount(kept, host));
      return { status: 200, body: { accounts, ...(next !== undefined && { next }) } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/accounts',
    operationId: 'openAccount',
    summary: 'Open an account for a card, or find the one that it has',
    body: schemas.newAccountSchema,
    answers: {
      201: { description: 'Opened', schema: schemas.accountSchema },
      200: { description: 'The card has one; nothing was changed', schema: schemas.accountSchema },
    },
    problems: ['conflict'],
    handle({ body }) {
      const { isNew, ...kept } = host.openAccount(body);
      return answerWith(host, kept, isNew ? 201 : 200);
    },
  }),
  route({
    method: 'get',
    path: '/v1/accounts/{card}',
    operationId: 'readAccount',
    summary: 'One account',
    params: schemas.cardParams,
    answers: { 200: { description: 'The account', schema: schemas.accountSchema } },
    problems: ['unknown'],
    handle: ({ params }) => answerWith(host, host.account(params.card)),
  }),
  route({
    method: 'patch',
    path: '/v1/accounts/{card}',
    operationId: 'changeAccount',
    summary: 'Set status, money, limits or online PIN of an account',
    params: schemas.cardParams,
    body: schemas.changesSchema,
    answers: changed,
    problems: ['unknown'],
    handle: ({ params, body }) => answerWith(host, host.changeAccount(params.card, body)),
  }),
  route({
    method: 'post',
    path: '/v1/accounts/{card}/loads',
    operationId: 'orderLoad',
    summary:
      'Order a load of the electronic cash: the money is set aside, and goes to the purse at the next transaction',
    params: schemas.cardParams,
    body: schemas.loadSchema,
    answers: ordered,
    problems: ['unknown', 'conflict'],
    handle: ({ params, body: { id = makeId(), amountFen } }) => placed(host, host.load(params.card, id, amountFen)),
  }),
  route({
    method: 'post',
    path: '/v1/accounts/{card}/orders',
    operationId: 'orderScript',
    summary: 'Order what the card is to be told: PIN change and unblock, blocks, data objects, records',
    params: schemas.cardParams,
    body: schemas.orderSchema,
    answers: ordered,
    problems: ['unknown', 'conflict', 'order-impossible'],
    handle: ({ params, body: { id = makeId(), ...order } }) => placed(host, host.order(params.card, id, order)),
  }),
  route({
    method: 'delete',
    path: '/v1/accounts/{card}/orders',
    operationId: 'cancelOrders',
    summary: 'Cancel all that waits for the card; the money of loads comes back',
    params: schemas.cardParams,
    answers: changed,
    problems: ['unknown'],
    handle: ({ params }) => answerWith(host, host.changeAccount(params.card, { cancelsOrders: true })),
  }),
  route({
    method: 'post',
    path: '/v1/accounts/{card}/renewals',
    operationId: 'renewCard',
    summary: 'The holder has a new card of the same number: its counter begins anew',
    params: schemas.cardParams,
    answers: changed,
    problems: ['unknown'],
    handle: ({ params }) => answerWith(host, host.changeAccount(params.card, { isRenewed: true })),
  }),
];

export const healthRoute: Route = route({
  method: 'get',
  path: '/healthz',
  operationId: 'isAlive',
  summary: 'Whether the process lives',
  isPublic: true,
  answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('alive') }) } },
  handle: () => ({ status: 200, body: { status: 'alive' } }),
});

const placed = (host: IssuerHost, { isNew, ...kept }: KeptAccount & { readonly isNew: boolean }): Answer =>
  answerWith(host, kept, isNew ? 201 : 200);

function answerWith(host: IssuerHost, kept: KeptAccount, status = 200, log: Answer['log'] = {}): Answer {
  const body = showAccount(kept, host);
  return { status, body, log: { ...body.card, ...log } };
}
