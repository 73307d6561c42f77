import { expect, it } from 'vitest';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { entriesOf, gate, intakeOver, member, metroRide, PAN, receiptIn } from './intake-fixture.js';

const DAY = '2015-10-03';
const [entry, exit] = await metroRide();
const cards = { [PAN]: member };

eachEngine('a service day', (engine) => {
  it('closes with what is booked, and every operator’s books balance', async () => {
    const intake = intakeOver(await engine.open(), { cards });
    const card = cardInPocket();
    const bus = await card.tapAt('bus-validator');
    const ride = [
      await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${DAY}T09:00:00+08:00`)),
      await card.tapAt('metro-gate', gate('世纪大道', 'exit', `${DAY}T09:20:00+08:00`)),
    ];
    await intake.acceptBatch([bus, ...ride]);
    const totals = {
      serviceDay: DAY,
      operators: [
        {
          operator: 'ningbo-bus',
          journeys: 1,
          grossFen: 200,
          cardFen: 120,
          sponsors: [{ sponsor: 'ningbo-union', amountFen: 80 }],
        },
        {
          operator: 'ningbo-metro',
          journeys: 1,
          grossFen: 300,
          cardFen: 240,
          sponsors: [{ sponsor: 'ningbo-union', amountFen: 60 }],
        },
      ],
      grossFen: 500,
      cardFen: 360,
      sponsorFen: 140,
    };
    expect(await intake.totals(DAY)).toEqual({ ...totals, closed: false });
    expect(await intake.closeServiceDay(DAY)).toEqual({ ...totals, closed: true, closedJourneys: 0 });
    expect(await intake.totals(DAY)).toEqual({ ...totals, closed: true });
    expect(await intake.totals('2015-10-04')).toEqual({
      serviceDay: '2015-10-04',
      closed: false,
      operators: [],
      grossFen: 0,
      cardFen: 0,
      sponsorFen: 0,
    });
  });

  it('waits for no exit once it is closed; a late one corrects it on a later day', async () => {
    const intake = intakeOver(await engine.open(), { cards });
    await intake.accept(entry);
    const { closedJourneys, grossFen } = await intake.closeServiceDay(DAY);
    expect(closedJourneys).toBe(1);
    expect((await intake.journeys({ limit: 10 })).journeys).toMatchObject([
      { status: 'incomplete', fareFen: grossFen },
    ]);
    expect(grossFen).toBeGreaterThan(300);
    const before = await intake.totals(DAY);
    const { journey } = receiptIn(await intake.accept(exit));
    expect(journey).toMatchObject({ status: 'complete', fareFen: 300, netFen: 240 });
    expect(await intake.totals(DAY)).toEqual(before);
    expect(await intake.totals('2015-10-04')).toMatchObject({ closed: false, grossFen: 300 - grossFen });
    const entries = await entriesOf(intake);
    expect(new Set(entries.map(({ revision, service_day }) => `${revision} ${service_day}`))).toEqual(
      new Set([`1 ${DAY}`, '2 2015-10-04']),
    );
    const charges = await intake.database.kysely.selectFrom('charges').select('kind').orderBy('revision').execute();
    expect(charges).toEqual([{ kind: 'charge' }, { kind: 'correction' }]);
  });

  it('books a tap that comes after it on the next day that is open', async () => {
    const intake = intakeOver(await engine.open(), { cards });
    await intake.closeServiceDay('2015-10-04');
    await intake.closeServiceDay(DAY);
    const { journey } = receiptIn(await intake.accept(entry));
    expect(journey).toMatchObject({ status: 'incomplete', serviceDay: DAY });
    expect(await intake.totals(DAY)).toMatchObject({ closed: true, grossFen: 0 });
    expect((await intake.totals('2015-10-05')).grossFen).toBe(journey?.fareFen);
  });

  it('is closed once: again, or by two at once, nothing changes', async () => {
    const location = await engine.newLocation();
    const [one, other] = [
      intakeOver(await engine.open(location), { cards }),
      intakeOver(await engine.open(location), { cards }),
    ];
    await one.accept(entry);
    const closings = await Promise.all([one.closeServiceDay(DAY), other.closeServiceDay(DAY)]);
    expect(closings[0].closedJourneys + closings[1].closedJourneys).toBe(1);
    const entries = await entriesOf(one);
    expect(await one.closeServiceDay(DAY)).toMatchObject({ closed: true, closedJourneys: 0 });
    expect(await entriesOf(one)).toEqual(entries);
  });

  it('closes while taps come in, and each fen is booked on one side of the line', async () => {
    const location = await engine.newLocation();
    const [one, other] = [
      intakeOver(await engine.open(location), { cards }),
      intakeOver(await engine.open(location), { cards }),
    ];
    const card = cardInPocket();
    const taps = [];
    for (let minute = 10; minute < 40; minute++) {
      taps.push(await card.tapAt('bus-validator', { at: `${DAY}T10:${minute}:00+08:00` }));
    }
    const [closing] = await Promise.all([
      one.accept(taps[0]!).then(() => one.closeServiceDay(DAY)),
      (async () => {
        for (const tap of taps) await other.accept(tap);
      })(),
    ]);
    const { closed, ...after } = await one.totals(DAY);
    expect({ ...after, closed, closedJourneys: 0 }).toEqual(closing);
    const late = await one.totals('2015-10-04');
    expect(after.grossFen + late.grossFen).toBe(taps.length * 200);
  });

  it('is not closed before it is over', async () => {
    const intake = intakeOver(await engine.open(), { now: `2015-10-04T02:59:59+08:00` });
    await expect(intake.closeServiceDay(DAY)).rejects.toMatchObject({ code: 'service-day-not-over' });
    await expect(intake.closeServiceDay('2015-02-30')).rejects.toMatchObject({ code: 'service-day-invalid' });
    await expect(intake.closeServiceDay('yesterday')).rejects.toMatchObject({ code: 'service-day-invalid' });
    const later = intakeOver(intake.database, { now: `2015-10-04T03:00:00+08:00` });
    expect(await later.closeServiceDay(DAY)).toMatchObject({ closed: true });
  });
});
