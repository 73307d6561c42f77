import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const PAN = '6228000100000000017';
const MEMBER = { member: 'c1', name: '张三', cards: [{ pan: PAN, generation: 'pboc3' }] };

/** The cinema of 2015 goes on: no notice says so, but this is what certification does to it. */
const CINEMA_2016 = {
  id: 'cinema-2016',
  calendars: ['china'],
  campaigns: [
    {
      id: 'cinema-2016',
      name: 'cinema for 1 yuan',
      nameZh: '一元看电影',
      service: 'cinema',
      merchants: ['wanda'],
      from: '2016-01-01',
      to: '2016-12-31',
      membership: { certifiedFrom: 2016 },
      benefit: { kind: 'fixed-price', priceFen: 100 },
      quota: { times: 1, per: 'week', holidaysCountAlone: true },
      sponsor: 'ningbo-union',
    },
  ],
};

interface Bought {
  readonly netFen: number;
  readonly discountFen: number;
  readonly funding: readonly { readonly sponsor: string; readonly amountFen: number }[];
  readonly steps: readonly { readonly rule: string; readonly text: string; readonly textZh: string }[];
}

eachEngine('shop and cinema', ({ newLocation }) => {
  async function openWithCard(campaigns?: unknown) {
    const now = () => new Date('2016-03-20T12:00:00+08:00');
    const gateway = await openGateway({ location: await newLocation(), now, campaigns });
    let card = cardInPocket('service-card-51', { pan: PAN });
    let terminal = 'till-1';
    const changeChip = () => {
      terminal = 'till-2';
      card = cardInPocket('service-card-51', { pan: PAN, seed: 'exchanged' });
    };
    /** A tap at a real terminal, and the journey on its receipt. */
    const buy = async (at: 'shop' | 'cinema', merchant: string, time: string, amountFen: number): Promise<Bought> => {
      const tap = await card.tapAt(at, { at: `${time}+08:00`, terminal, place: { merchant }, amountFen });
      const posted = await gateway.call('POST', '/v1/taps', { body: tap });
      expect(posted.status, JSON.stringify(posted.body)).toBe(201);
      return posted.body.receipt.journey;
    };
    const rules = ({ steps }: Bought) => steps.map(({ rule }) => rule);
    return { ...gateway, buy, changeChip, rules };
  }

  it('take 20 yuan off 100 at Sanjiang, once, and tell who pays it', async () => {
    const { buy, call, rules } = await openWithCard();
    const stranger = await buy('shop', 'sanjiang', '2015-10-01T09:00:00', 5_000);
    expect(stranger).toMatchObject({ netFen: 5_000, discountFen: 0 });
    expect(rules(stranger)).toContain('not-a-member');
    await call('POST', '/v1/members', { body: MEMBER });
    expect((await buy('shop', 'sanjiang', '2015-10-01T10:00:00', 9_999)).netFen).toBe(9_999);
    const large = await buy('shop', 'sanjiang', '2015-10-02T10:00:00', 10_000);
    expect(large).toMatchObject({ netFen: 8_000, funding: [{ sponsor: 'ningbo-union', amountFen: 2_000 }] });
    expect(rules(large)).toContain('amount-off');
    const again = await buy('shop', 'sanjiang', '2015-10-03T10:00:00', 10_000);
    expect(again.netFen).toBe(10_000);
    expect(rules(again)).toContain('quota-used');
    expect(rules(await buy('shop', 'sanjiang', '2015-10-08T10:00:00', 10_000))).toContain('campaign-ended');
  });

  it('let a member see a film for 1 yuan each week, and on a public holiday once more', async () => {
    const { buy, call, changeChip, rules } = await openWithCard();
    await call('POST', '/v1/members', { body: MEMBER });
    const seen = async (time: string) => (await buy('cinema', 'wanda', time, 3_500)).netFen;
    expect(await seen('2015-09-28T19:00:00')).toBe(100);
    const again = await buy('cinema', 'wanda', '2015-09-29T19:00:00', 3_500);
    expect(again.netFen).toBe(3_500);
    expect(rules(again)).toContain('quota-used');
    expect(await seen('2015-10-01T19:00:00')).toBe(100);
    expect(await seen('2015-10-01T21:30:00')).toBe(3_500);
    expect(await seen('2015-10-05T19:00:00')).toBe(100);
    expect(await seen('2015-10-12T19:00:00')).toBe(100);
    // Another chip under the same number is the same card.
    changeChip();
    expect(rules(await buy('cinema', 'wanda', '2015-10-13T19:00:00', 3_500))).toContain('quota-used');
  });

  it('ask for a certification from 2016 on, in the same words as the member’s page', async () => {
    const { buy, call } = await openWithCard(CINEMA_2016);
    await call('POST', '/v1/members', { body: MEMBER });
    const refused = await buy('cinema', 'wanda', '2016-03-01T19:00:00', 3_500);
    expect(refused.netFen).toBe(3_500);
    const page = (await call('GET', '/v1/members/c1/status?at=2016-03-01T19:00:00%2B08:00')).body;
    const told = refused.steps.find(({ rule }) => rule === 'not-certified');
    expect(told?.text).toContain(page.text);
    expect(told?.textZh).toContain(page.textZh);
    const certification = { member: 'c1', year: 2016, at: '2016-03-02T10:00:00+08:00', by: 'officer' };
    await call('POST', '/v1/certifications', { body: certification });
    expect((await buy('cinema', 'wanda', '2016-03-02T19:00:00', 3_500)).netFen).toBe(100);
    expect((await buy('cinema', 'wanda', '2016-03-03T19:00:00', 3_500)).netFen).toBe(3_500);
    expect((await buy('cinema', 'wanda', '2016-03-07T19:00:00', 3_500)).netFen).toBe(100);
  });
});
