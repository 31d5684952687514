/** Random sums of money that is converted. */
import { chance, type Gen, pick } from './choose.ts';
import { full } from './expressions.ts';
import type { Form, Written } from './written.ts';

/** Over the deals, whose prices have a currency each and whose fees are in one. */
export function money(g: Gen, allowed: readonly Form[]): Written {
  const isMoving = allowed.includes('moment') && chance(g, 15);
  const day = isMoving
    ? pick(g, 'as_of', 'period_end', 'period_start')
    : pick(g, 'settled_on', 'settled_on', 'settled_on', 'touched_at', 'closed_on');
  const converted = pick(
    g,
    'deals.in_eur',
    `convert(deals.price, EUR at ${day})`,
    `convert(deals.price, USD at ${day})`,
    `convert(deals.price, EUR at ${day})`,
    `convert(deals.fee, USD at ${day})`,
    `convert(deals.price * 2, EUR at ${day})`,
    `if(deals.is_won, convert(price, EUR at ${day}), null)`,
  );
  const where = chance(g, 40) ? ` where ${pick(g, 'is_rich', 'in_eur > 20', full.condition(g, 'deals', 1))}` : '';
  const name = pick(g, 'sum', 'sum', 'avg', 'max', 'min', 'last');
  const call = `${name}(${converted}${where})`;
  const isRatio = chance(g, 30);
  return {
    text: isRatio ? `(${call} / sum(${converted}))` : call,
    tables: ['deals'],
    forms: isMoving ? ['currency', 'moment'] : ['currency'],
    kind: isRatio ? 'number' : 'value',
    isTimeless: false,
    hasStock: false,
    hasFlow: true,
  };
}
