/** Questions to the clients of a shop whose texts are hostile: everything, and what a seller knows. */
import {
  type Client,
  type Count,
  clientOf,
  connect,
  type LargeInteger,
  type Money,
  type Transport,
} from 'sextant/client';
import * as seller from '../golden/seller.gen.js';
import { m, model, type Schema } from '../golden/shop.gen.js';

/** Compiles where both are one type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(_: T | null = null): void {}

const client: Client<Schema> = connect(model, { url: '' });

export async function timelessMetrics() {
  await client.query({ metrics: [m.part_count], by: ['stage'], where: { stage: 'anything' } });
  // @ts-expect-error: parts have no time
  await client.query({ metrics: [m.part_count], by: ['month'] });
  // @ts-expect-error: what parts and deals have in common has none either
  await client.query({ metrics: [m.part_count, m.deal_count], by: ['month'] });
  // @ts-expect-error: a grain without hours
  await client.query({ metrics: [m.deal_count], by: ['hour'] });
}

export async function namesOfInheritedKind() {
  const { rows } = await client.query({ metrics: [m.constructor, 'prototype', 'catch'] });
  for (const row of rows) {
    is<Same<typeof row.constructor, Count>>();
    is<Same<typeof row.prototype, Count | null>>();
  }
  const { rows: groups } = await client.query({ metrics: ['deal_count'], by: ['constructor', 'deal_id', 'amount'] });
  for (const row of groups) {
    is<Same<typeof row.constructor, string | null>>();
    is<Same<typeof row.deal_id, number | LargeInteger | null>>();
    is<Same<typeof row.amount, Money<'EUR'> | null>>();
  }
}

export async function hostileValues() {
  await client.query({ metrics: ['deal_count'], where: { region: ['*/ //', 'line\u2028two\u2029three'] } });
  // @ts-expect-error: that is none of them
  await client.query({ metrics: ['deal_count'], where: { region: '*/' } });
  // @ts-expect-error: deals have three stages
  await client.query({ metrics: ['deal_count', 'part_count'], where: { stage: 5 } });
}

export async function asASeller(transport: Transport) {
  const asked = clientOf(seller.model, transport);
  await asked.query({ metrics: [seller.m.won_revenue], by: ['stage'], where: { stage: 'won' } });
  // @ts-expect-error: it never is
  await asked.query({ metrics: [seller.m.won_revenue], where: { stage: 'new' } });
  // @ts-expect-error: pay is hidden
  await asked.query({ metrics: ['pay'] });
  // @ts-expect-error: so is its column
  await asked.query({ metrics: ['won_revenue'], by: ['rep.salary'] });
  // @ts-expect-error: nobody can say which parts are a seller's
  await asked.query({ metrics: ['part_count'] });
}

export function drift() {
  connect(model, { url: '', onDrift: 'throw' });
  connect(model, { url: '', onDrift: found => found.map(({ metric, was, is: now }) => `${metric} ${was} ${now}`) });
  // @ts-expect-error: there is no such way
  connect(model, { url: '', onDrift: 'panic' });
}
