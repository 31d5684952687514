/**
 * Places on scorecards: `3 of 5`, for a rep as the value and for whoever sees many in rows. In March r1 to r5 sold 100, 90, 80, 70 and 60,
 * in February 10, 20, 50, 40 and 30; in January r3 alone sold, and r6 never did.
 */
import { expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';
import { asOf } from './project.ts';

const sold: Readonly<Record<string, readonly number[]>> = {
  '2026-01-05': [0, 0, 7],
  '2026-02-05': [10, 20, 50, 40, 30],
  '2026-03-05': [100, 90, 80, 70, 60],
};

const deals = Object.entries(sold)
  .flatMap(([day, amounts]) =>
    amounts.flatMap((amount, index) => (amount === 0 ? [] : `r${index + 1},${amount},${day}`)),
  )
  .map((line, index) => `${index},${line}\n`);

const folder = projectFolder({
  'metrics.yaml': `version: 1
name: places
users: { attributes: { rep_id: string } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns: { deal_id: integer, rep_id: string, amount: decimal, closed_on: date }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, name: string } }
metrics:
  sold: { formula: sum(deals.amount) }
  part: { formula: share(sold), unit: percent }
  mean: { formula: avg(sold per rep), balance_with: [sold] }
  place: { label: { en: Place, es: Puesto }, formula: rank(sold within time), good: down }
  placed: { formula: total(count(sold per rep) within time) }
  big_deals: { formula: count(deals where amount > 60) }
  deals_made: { formula: count(deals) }
roles:
  rep:
    sees: rep = user.rep_id
    benchmark: rep is not null
    scorecard:
      - section: S
        items:
          - { metric: place, of: placed, by: [rep], compare: [prior_period], trend: 2 months }
          - { metric: sold, by: [rep] }
          - { metric: part }
          - { metric: mean }
          - { metric: big_deals, of: deals_made, period: all }
  lone:
    sees: rep = user.rep_id
    benchmark: rep in ('r1', 'r2')
    scorecard: [{ section: S, items: [{ metric: place, of: placed, by: [rep] }, { metric: mean }, { metric: sold }] }]
  head:
    sees: all
    scorecard: [{ section: S, items: [{ metric: place, of: placed, by: [rep.name], compare: [prior_period], top: 2, bottom: 1 }] }]
`,
  'reps.csv': 'rep_id,name\nr1,Ana\nr2,Ben\nr3,Cleo\nr4,Dan\nr5,Eve\nr6,Finn\n',
  'deals.csv': `deal_id,rep_id,amount,closed_on\n${deals.join('')}`,
});

const asked = async (...words: readonly string[]) => {
  const { code, out, err } = await metrics(folder, 'scorecard', ...words, ...asOf);
  expect([code, err]).toEqual([0, '']);
  return out;
};

interface Item {
  readonly metric: string;
  readonly [name: string]: unknown;
}

const itemsOf = async (...words: readonly string[]) => {
  const { sections }: { sections: { items: Item[] }[] } = JSON.parse(await asked(...words, '--format', 'json'));
  return sections.flatMap(({ items }) => items);
};

test('a rep sees the own place as a value, with how many have one', async () => {
  const [place, own, part, mean, big] = await itemsOf('rep', '--user', 'rep_id=r3');
  expect(place).toMatchObject({
    value: 3,
    of: { metric: 'placed', value: 5 },
    among_few: false,
    groups: null,
    comparisons: [{ with: 'prior_period', value: 1, change: 2, growth: null }],
    // In January nobody else sold.
    trend: {
      points: [
        { bucket: '2026-01-01', value: null },
        { bucket: '2026-02-01', value: 1 },
      ],
    },
  });
  expect(own).toMatchObject({ value: '80', of: null, groups: null });
  expect([part?.value, mean?.value]).toEqual([0.2, 80]);
  expect(mean).toMatchObject({ companions: [{ metric: 'sold', value: '80' }] });
  expect(big).toMatchObject({ value: 1, of: { metric: 'deals_made', value: 3 } });
});

test('whoever has nothing has no place, and nothing is said of few', async () => {
  const [place] = await itemsOf('rep', '--user', 'rep_id=r6');
  expect(place).toMatchObject({ value: null, among_few: false, groups: null });
});

test('where too few are compared, the card says so', async () => {
  const [place, mean, own] = await itemsOf('lone', '--user', 'rep_id=r3');
  expect(place).toMatchObject({ value: null, of: { value: null }, among_few: true });
  expect(mean).toMatchObject({ value: null, among_few: true });
  expect(own).toMatchObject({ value: '80', among_few: false });
  const why = 'known only where five or more can be compared';
  expect((await asked('lone', '--user', 'rep_id=r3')).split(why)).toHaveLength(3);
  expect((await asked('lone', '--user', 'rep_id=r3', '--format', 'html')).split(why)).toHaveLength(3);
  expect(await asked('lone', '--user', 'rep_id=r3', '--lang', 'es')).toContain('solo se sabe donde');
});

test('whoever sees all of them reads the same places, the first first, and none of all together', async () => {
  const [place] = await itemsOf('head');
  const row = (name: string, value: number, before: number, end: string) => ({
    group: { 'rep.name': name },
    value,
    of: 5,
    end,
    comparisons: [{ value: before, change: value - before, growth: null }],
  });
  expect(place).toMatchObject({
    value: null,
    of: { value: null },
    among_few: false,
    comparisons: [],
    groups: { rows: [row('Ana', 1, 5, 'top'), row('Ben', 2, 4, 'top'), row('Eve', 5, 3, 'bottom')] },
  });
});

test('in a terminal and on a page', async () => {
  const rep = await asked('rep', '--user', 'rep_id=r3');
  expect(rep).toMatch(/^ {2}Place +3 of 5$/m);
  expect(rep).toContain('+2 worse vs previous period 1');
  expect(rep).toMatch(/^ {2}Big deals +1 of 3$/m);
  expect(await asked('rep', '--user', 'rep_id=r3', '--lang', 'es')).toMatch(/^ {2}Puesto +3 de 5$/m);
  const head = await asked('head');
  expect(head).toMatch(/^ {2}Place$/m);
  expect(head).toMatch(/^ {4}Ana {2}1 of 5 {2}-4$/m);
  const page = await asked('head', '--format', 'html');
  expect(page).not.toContain('class="value"');
  expect(page).toContain('1 of 5');
  expect(await asked('rep', '--user', 'rep_id=r3', '--format', 'html')).toContain('<p class="value">3 of 5</p>');
});
