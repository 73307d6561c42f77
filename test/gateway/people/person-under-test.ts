import { expect } from 'vitest';
import type { Role } from '../../../src/gateway/people/index.js';
import { matchingStep, totpCode, totpStep } from '../../../src/gateway/people/totp.js';
import type { Call, GatewayUnderTest, Reply } from '../http/gateway-under-test.js';

export const PASSWORD = '月湖边的老樟树开花了真好看';

export interface PersonUnderTest {
  readonly account: string;
  readonly name: string;
  /** Of the authenticator; none where it was not set up. */
  readonly secret?: Uint8Array | undefined;
  readonly cookie: string;
  readonly csrfToken: string;
  /** A request as a page of the gateway sends it. */
  call(method: string, path: string, wanted?: Call): Promise<Reply>;
}

export interface NewPerson {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly member?: string;
  readonly unit?: string;
  readonly bank?: string;
  readonly operator?: string;
  /** Whether to leave the second factor out. */
  readonly isUnfinished?: boolean;
}

export const tokenIn = ({ headers }: Reply): string => headers.get('set-cookie')!.split(';')[0]!;

/** A code that an authenticator shows at an instant. */
export const codeAt = (secret: Uint8Array, at: Date): string => totpCode(secret, totpStep(at.getTime()));

export function secretOf(text: string): Uint8Array {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g)!;
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

/** Whoever holds this cookie, as a page of the gateway. */
export const asHolder =
  (gateway: GatewayUnderTest, cookie: string, csrfToken: string): PersonUnderTest['call'] =>
  (method, path, wanted = {}) =>
    gateway.call(method, path, {
      ...wanted,
      key: undefined,
      headers: {
        ...{ cookie, 'x-csrf-token': csrfToken, origin: gateway.url, 'sec-fetch-site': 'same-origin' },
        ...wanted.headers,
      },
    });

/** Makes an account with an administrator's key, takes the invitation up, and sets a second factor up where one is needed. */
export async function newPerson(
  gateway: GatewayUnderTest,
  { isUnfinished = false, ...account }: NewPerson,
  now: () => Date,
): Promise<PersonUnderTest> {
  const { call } = gateway;
  const made = await call('POST', '/v1/accounts', { body: account });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const { id, name, invitation } = made.body;
  const set = await call('POST', '/v1/passwords', { key: undefined, body: { invitation, password: PASSWORD } });
  expect(set).toMatchObject({ status: 201, body: { name } });
  const entered = await call('POST', '/v1/sessions', { key: undefined, body: { name, password: PASSWORD } });
  expect(entered.status).toBe(201);
  const first = asHolder(gateway, tokenIn(entered), entered.body.csrfToken);
  const person = (reply: Reply, secret?: Uint8Array): PersonUnderTest => {
    const [cookie, csrfToken] = [tokenIn(reply), reply.body.csrfToken];
    return { account: id, name, secret, cookie, csrfToken, call: asHolder(gateway, cookie, csrfToken) };
  };
  if (isUnfinished || !(await first('GET', '/v1/me')).body.secondFactorNeeded) return person(entered);
  const setup = await first('POST', '/v1/me/second-factor', { body: { password: PASSWORD } });
  const secret = secretOf(setup.body.secret);
  const code = codeAt(secret, now());
  expect(matchingStep(secret, code, now().getTime())).toBeDefined();
  const confirmed = await first('POST', '/v1/me/second-factor/confirmation', { body: { code } });
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(201);
  return person(confirmed, secret);
}
