import { coloursFor } from '../../colours.js';
import { CommandError } from '../../exit-codes.js';
import { readNamedFile } from '../../read-named-file.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';
import { yuanText } from './yuan-text.js';

export interface OffersOptions extends MemberGateway {
  readonly state?: string;
  readonly publish?: string;
  readonly close?: string;
  readonly json?: boolean;
}

interface Offer {
  readonly offer: string;
  readonly name: string;
  readonly nameZh?: string;
  readonly state: string;
  readonly opens: string;
  readonly closes?: string;
  readonly priceFen: number;
  readonly valueFen: number;
  readonly sponsor: string;
  readonly items: readonly { item: string; quota: number; left: number; waiting: number }[];
}

interface Claim {
  readonly number: number;
  readonly member: string;
  readonly item: string;
  readonly state: string;
  readonly arrivedAt: string;
}

/** Publishes, closes or shows offers. */
export async function showOffers(offer: string | undefined, options: OffersOptions): Promise<void> {
  const { close, json, publish, state, ...gateway } = options;
  if (publish !== undefined) {
    const body = await readOffer(publish);
    return print(json, [await askMembers<Offer>(gateway, 'v1/offers', { body })]);
  }
  if (offer === undefined) {
    if (close !== undefined) throw new CommandError('offer-not-named', '--close needs the offer that is to be closed');
    const { offers } = await askMembers<{ offers: Offer[] }>(gateway, 'v1/offers', { query: { state, limit: 100 } });
    return print(json, offers);
  }
  const path = `v1/offers/${encodeURIComponent(offer)}`;
  if (close !== undefined) {
    return print(json, [await askMembers<Offer>(gateway, `${path}/closing`, { body: { reason: close } })]);
  }
  const shown = await askMembers<Offer>(gateway, path);
  const query = { limit: 1000 };
  const { claims } = await askMembers<{ claims: Claim[] }>(gateway, `${path}/claims`, { query });
  if (json) return console.log(JSON.stringify({ ...shown, claims }, undefined, 2));
  print(false, [shown]);
  for (const { number, member, item, state: of, arrivedAt } of claims) {
    console.log(`  ${String(number).padStart(6)}  ${arrivedAt}  ${member}  ${item}  ${of}`);
  }
}

async function readOffer(file: string): Promise<unknown> {
  const text = Buffer.from(await readNamedFile(file)).toString('utf8');
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  const [wrong] = document.errors;
  if (wrong) throw new CommandError('offer-unreadable', `${file}: ${wrong.message}`);
  return document.toJS();
}

function print(json: boolean | undefined, offers: readonly Offer[]): void {
  if (json) {
    console.log(JSON.stringify(offers, undefined, 2));
    return;
  }
  const { bold, dim, green } = coloursFor(process.stdout);
  if (offers.length === 0) console.log('no offers');
  for (const { offer, name, nameZh, state, opens, closes, priceFen, valueFen, sponsor, items } of offers) {
    const price = `${yuanText(priceFen)} instead of ${yuanText(valueFen)} yuan, funded by ${sponsor}`;
    console.log(
      `${bold(offer)}  ${state === 'open' ? green(state) : dim(state)}  ${name}${nameZh ? ` ${nameZh}` : ''}`,
    );
    console.log(`  ${opens} to ${closes ?? 'the last one'}; ${price}`);
    for (const { item, quota, left, waiting } of items) {
      console.log(`  ${item}: ${left} of ${quota} left${waiting > 0 ? `, ${waiting} wait` : ''}`);
    }
  }
}
