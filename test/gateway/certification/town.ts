import { expect } from 'vitest';
import { type GatewayUnderTest, openGateway, type Wish } from '../http/gateway-under-test.js';

export const NEW_YEAR = '2016-01-01T03:00:00+08:00';
export const MOBILE = '13900574001';
export const CARD = '6228000100000000017';

/** A resident identity number whose check digit is right (GB 11643-1999), of nobody. */
export const identityNumber = (serial: number): string => {
  const digits = `330203198001${String(10 + (serial % 18))}${String(serial).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return digits + '10X98765432'[sum % 11];
};

export const IDENTITY = identityNumber(7);

export const zhang = {
  member: '330200001',
  name: '张三',
  unit: '海曙小学',
  sex: 'male',
  identityType: '居民身份证',
  identityNumber: IDENTITY,
  mobile: MOBILE,
  address: '宁波市海曙区解放南路1号',
  cards: [{ pan: CARD, generation: 'pboc3' }],
};

export const confirmed = {
  unit: '海曙小学',
  name: '张三',
  sex: 'male',
  address: '宁波市海曙区解放南路1号',
  mobile: MOBILE,
};

export interface Town extends GatewayUnderTest {
  /** What time it is from now on. */
  at(instant: string): void;
  pass(seconds: number): void;
  /** Asks for a code as the public does. */
  ask(claim: object): Promise<{ status: number; body: unknown }>;
  certify(body: object): Promise<{ status: number; body: { code?: string; changed?: string[]; result?: string } }>;
  /** The codes that were sent, the last first. */
  codes(): Promise<readonly { readonly code: string; readonly member: string; readonly to: string }[]>;
  /** The last code, once `count` were sent. */
  code(count: number): Promise<string>;
}

/** A gateway whose clock the test moves. */
export async function openTown(wish: Wish & { readonly start?: string } = {}): Promise<Town> {
  let nowMs = Date.parse(wish.start ?? '2016-03-01T09:00:00+08:00');
  const gateway = await openGateway({ ...wish, now: () => new Date(nowMs) });
  const codes = async () => {
    const { body } = await gateway.call('GET', '/v1/messages?template=certification-code&reveal=true&limit=1000');
    return body.messages.map(({ textZh, member, to }: { textZh: string; member: string; to: string }) => ({
      code: /验证码为(\d{6})/.exec(textZh)![1],
      member,
      to,
    }));
  };
  return {
    ...gateway,
    at: (instant) => {
      nowMs = Date.parse(instant);
    },
    pass: (seconds) => {
      nowMs += seconds * 1000;
    },
    ask: (body) => gateway.call('POST', '/v1/certifications/codes', { key: undefined, body }),
    certify: (body) => gateway.call('POST', '/v1/certifications/self', { key: undefined, body }),
    codes,
    code: async (count) => {
      await expect.poll(async () => (await codes()).length, { timeout: 10_000, interval: 20 }).toBe(count);
      return (await codes())[0].code;
    },
  };
}
