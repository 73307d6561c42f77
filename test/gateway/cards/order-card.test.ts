import { expect, it } from 'vitest';
import { recordMembership } from '../../../src/gateway/membership/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { aMember, cardsOver } from './cards-fixture.js';

const AT = '2015-08-26T09:00:00+08:00';
const by = 'key:k1';

eachEngine('an order of a card', ({ open }) => {
  it('is made once, tells from when on the card can be ready, and is refused to whoever has no right to one', async () => {
    const database = await open();
    const { cards } = cardsOver(database, AT);
    const order = (member: string, bank?: string) =>
      database.inTransaction((transaction) => cards.orderCard(transaction, { member, bank, kind: 'new', by, at: AT }));
    await aMember(cards, '330200001');
    await aMember(cards, '330200002');
    const first = await order('330200001');
    expect(first).toMatchObject({
      result: 'created',
      order: { bank: 'bank-of-china', state: 'ordered', readyFrom: '2015-09-07', allowed: ['personalize', 'cancel'] },
    });
    expect(await order('330200001')).toEqual({ ...first, result: 'exists' });
    expect(await order('330200002', '宁波农信银行')).toMatchObject({ order: { bank: 'rural-credit-bank' } });
    expect(await order('330200002', 'nobody’s bank')).toMatchObject({ code: 'bank-unknown' });
    expect(await order('330200003')).toMatchObject({ code: 'member-unknown' });
    await aMember(cards, '330200004');
    await recordMembership(cards.options, { member: '330200004', change: 'left', from: AT });
    expect(await order('330200004')).toMatchObject({ code: 'member-left' });
    const both = await Promise.all([aMember(cards, '330200005'), aMember(cards, '330200006')]).then(() =>
      Promise.all([order('330200005'), order('330200005')]),
    );
    expect(both.map(({ result }) => result).sort()).toEqual(['created', 'exists']);
    const events = await database.kysely.selectFrom('card_events').select(['step', 'state', 'by', 'at']).execute();
    expect(events).toEqual(Array(3).fill({ step: 'order', state: 'ordered', by, at: AT }));
    await expect(database.kysely.deleteFrom('card_events').execute()).rejects.toThrow('append only');
  });
});
