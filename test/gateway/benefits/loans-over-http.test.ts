import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const FROM = '2015-01-01T00:00:00+08:00';

eachEngine('loan quotes over HTTP', ({ newLocation }) => {
  it('go by what officers have recorded of the member and of the unit', async () => {
    const { call } = await openGateway({
      location: await newLocation(),
      now: () => new Date('2016-03-01T12:00:00+08:00'),
    });
    for (const unit of [
      { unit: 'ningbo', name: '宁波市总工会', level: 'city' },
      { unit: 'haishu', name: '海曙区总工会', level: 'district', parent: 'ningbo' },
      { unit: 'metro', name: '轨道交通工会', level: 'grass-roots', parent: 'haishu' },
    ]) {
      expect((await call('POST', '/v1/units', { body: unit })).status).toBe(201);
    }
    const certifications = [{ year: 2016, at: '2016-01-05T10:00:00+08:00', by: 'self' }];
    const member = { member: 'b1', name: '张三', unitId: 'metro', certifications };
    const recorded = await call('POST', '/v1/members', { body: member });
    expect(recorded.status, JSON.stringify(recorded.body)).toBe(201);
    const quote = async (changes: object = {}) => {
      const asked = { member: 'b1', kind: 'credit', amountFen: 10_000_000, months: 12, ...changes };
      const { status, body } = await call('POST', '/v1/loans/quotes', { body: asked });
      expect(status).toBe(200);
      return body;
    };
    const attribute = (name: string, value: string) =>
      call('POST', '/v1/loans/attributes/b1', { body: { attribute: name, value, from: FROM, reason: 'seen' } });
    const rules = ({ steps }: { steps: readonly { rule: string }[] }) => steps.map(({ rule }) => rule);
    expect(rules(await quote())).toContain('residence-missing');
    expect((await attribute('residence', 'ningbo')).status).toBe(201);
    expect(await quote()).toMatchObject({ eligible: true, annualRatePpm: 53_723 });
    const contribution = { class: 'B', from: FROM, reason: 'letter' };
    // What is recorded of the unit above holds until there is something of its own.
    await call('POST', '/v1/loans/contributions', { body: { ...contribution, unit: 'haishu' } });
    expect((await quote()).annualRatePpm).toBe(48_068);
    await call('POST', '/v1/loans/contributions', { body: { ...contribution, unit: 'metro', class: 'A' } });
    expect((await quote()).annualRatePpm).toBe(45_240);
    await attribute('model-worker', 'yes');
    expect((await quote()).annualRatePpm).toBe(42_978);
    // Recorded later from the same instant: it counts, and both stay.
    await attribute('residence', 'elsewhere');
    expect((await quote()).eligible).toBe(false);
    const known = (await call('GET', '/v1/loans/attributes/b1')).body.attributes;
    expect(known.map(({ attribute: name, value }: Record<string, string>) => `${name} ${value}`)).toEqual([
      'model-worker yes',
      'residence ningbo',
      'residence elsewhere',
    ]);
    const lapsed = await quote({ at: '2017-03-01T12:00:00+08:00' });
    const page = (await call('GET', '/v1/members/b1/status?at=2017-03-01T12:00:00%2B08:00')).body;
    expect(lapsed.steps[0]).toMatchObject({ rule: 'membership', refuses: true, text: page.text, textZh: page.textZh });
    expect(
      (await call('POST', '/v1/loans/quotes', { body: { kind: 'credit', amountFen: 10_000, months: 1 } })).status,
    ).toBe(400);
    const nobody = { member: 'b9', kind: 'credit', amountFen: 10_000, months: 1 };
    expect((await call('POST', '/v1/loans/quotes', { body: nobody })).status).toBe(404);
  });
});
