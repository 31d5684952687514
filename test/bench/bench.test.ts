/** The bench, so that it cannot rot: all its parts at hardly any size, and what it says of answers that differ. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const isDataThere = existsSync(path.join(root, '../shared/bench/crm-star.mjs'));

const run = (file: string, ...words: readonly string[]): string =>
  execFileSync(process.execPath, [path.join(root, file), ...words], { encoding: 'utf8' });

/** The shapes of what is tried of the bench's modules, which have no types of their own. */
interface Figures {
  readonly median: (values: readonly number[]) => number;
  readonly percentile: (values: readonly number[], share: number) => number;
  readonly geometricMean: (values: readonly number[]) => number;
  readonly against: (figure: number, aim: number, format: (value: number) => string) => string;
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[]) => string;
}
interface Question {
  readonly name: string;
  readonly ask: { readonly metrics: readonly string[]; readonly by: readonly string[] };
  readonly hand: Readonly<Record<string, string>>;
}
interface Star {
  readonly firstDifference: (left: readonly (readonly unknown[])[], right: readonly (readonly unknown[])[]) => unknown;
  readonly measureStar: (options: {
    readonly product: unknown;
    readonly file: string;
    readonly questions: readonly Question[];
    readonly rounds: number;
  }) => Promise<unknown>;
}
interface Build {
  readonly sourcesHash: () => string;
  readonly isBuilt: (id: string) => boolean;
}
interface StarData {
  readonly starData: (scale: number) => { readonly file: string };
}

async function load<T>(file: string): Promise<T> {
  const module: T = await import(pathToFileURL(path.join(root, file)).href);
  return module;
}

/** The bench runs what is built, so what is built must be of today. */
beforeAll(async () => {
  const { isBuilt, sourcesHash } = await load<Build>('scripts/build.mjs');
  if (!isBuilt(sourcesHash())) run('scripts/build.mjs');
});

describe('the whole bench at hardly any size', () => {
  let printed = '';
  beforeAll(() => {
    printed = run('test/bench/bench.mjs', '--tiny');
  }, 180_000);

  test('every part prints figures', () => {
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
    expect(printed).toMatch(/^ +50 +8 +\d+ +[\d.]+ MB +cold: no cache +[\d.]+ ms +[\d.]+ x +\d+ MB$/m);
    expect(printed).toMatch(/one file touched +[\d.]+ ms +[\d.]+ x +\d+ MB$/m);
    expect(printed).toMatch(/200 different questions/);
    expect(printed).toMatch(/^ +50 +[\d.]+ ms +[\d.]+ ms \(aim 0\.500 ms.*\) +[\d.]+ ms \(aim 3\.00 ms.*\)/m);
  });

  test('the server answers rightly, and says how fast and with how much memory', () => {
    expect(printed).toMatch(/^kept +\d+ +[\d.]+ +[\d.]+$/m);
    expect(printed).toMatch(/^asked of the warehouse +\d+ +[\d.]+ +[\d.]+$/m);
    expect(printed).toMatch(/^memory of the server .*: \d+ MB, then \d+ MB, then \d+ MB;$/m);
    expect(printed).toMatch(/^of it in use after collecting: [\d.]+ MB, then [\d.]+ MB, then [\d.]+ MB\./m);
  });

  test('differences are told rightly, and their numbers are those of the questions alone', () => {
    const part = printed.slice(printed.indexOf('\n8  '));
    expect(part).toMatch(/^ +50 +[\d.]+ ms +[\d.]+ ms$/m);
    expect(part).toMatch(/^The numbers of 3 metrics .*: [\d.]+ m?s in \d+ statements; their$/m);
    expect(part).toMatch(/^\d+ questions one by one in [\d.]+ ms: [\d.]+ x \(aim 2\.00 x/m);
  });

  test('sixteen levels that use each other twice are within their aim of bytes', () => {
    expect(printed).toMatch(/16 levels deep: [\d.]+ KB \(aim 30\.0 KB\) of SQL$/m);
  });

  test('generated SQL is held against SQL by hand, or it is said that its data is not there', () => {
    if (!isDataThere) console.warn('the data of the third and the fourth part is not at ../shared: they were left out');
    const questions = /^ +(?:revenue by team|win rate by rep|open pip|cycle days|activities per|first-contact).* x +/gm;
    const part = printed.slice(printed.indexOf('\n3  '), printed.indexOf('\n4  '));
    expect(part.match(questions)?.length ?? 0).toBe(isDataThere ? 6 : 0);
    expect(printed).toMatch(isDataThere ? /Geometric mean of the ratios [\d.]+ x \(aim 1\.05 x/ : /LEFT OUT/);
  });

  test('so is what is asked over time, of conversions and for a scorecard', () => {
    const questions =
      /^ +(?:revenue (?:beside|and|to date|of)|open pipeline by|average|customers|tickets|scorecard).* x +/gm;
    const names = printed.slice(printed.indexOf('\n4  ')).match(questions) ?? [];
    expect(names).toHaveLength(isDataThere ? 14 : 0);
    expect(printed).toMatch(isDataThere ? /Geometric mean of the ratios [\d.]+ x \(aim 1\.10 x/ : /LEFT OUT/);
  });

  test('the types of the client cost no more instantiations than they may', () => {
    const part = printed.slice(printed.indexOf('  The typed client'));
    const counts = [...part.matchAll(/^ +typescript\S* +(\d+) +[\d.]+ ms$/gm)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(1);
    expect(Math.max(...counts)).toBeLessThan(6000);
  });
});

describe('answers by hand', () => {
  test('are the same, or the first row that differs is shown', async () => {
    const { firstDifference } = await load<Star>('test/bench/star.mjs');
    const rows = [
      ['a', 0.1 + 0.2, '10.50'],
      [null, 4, null],
    ];
    expect(
      firstDifference(rows, [
        ['a', 0.3, '10.50'],
        [null, 4, null],
      ]),
    ).toBe(null);
    expect(firstDifference(rows, rows.slice(0, 1))).toBe('in row 2: [null,4,null] and no row');
    expect(
      firstDifference(rows, [
        ['a', 0.3, '10.51'],
        [null, 4, null],
      ]),
    ).toMatch(/^in row 1: /);
    expect(firstDifference(rows, [['a', 0.3000001, '10.50']])).toMatch(/^in row 1: /);
    expect(
      firstDifference(rows, [
        ['a', 0.3, '10.50'],
        [null, 5, null],
      ]),
    ).toMatch(/^in row 2: /);
    expect(
      firstDifference(rows, [
        ['a', 0.3, '10.50'],
        ['', 4, null],
      ]),
    ).toMatch(/^in row 2: /);
  });

  test('stop the bench where one is another', async () => {
    if (!isDataThere) {
      console.warn('the data of the third part is not at ../shared: no answers were compared');
      return;
    }
    const { measureStar } = await load<Star>('test/bench/star.mjs');
    const { starData } = await load<StarData>('test/bench/star-data.mjs');
    const product = { ...(await load<object>('dist/compiler.js')), ...(await load<object>('dist/index.js')) };
    const question = {
      name: 'revenue by source',
      ask: { metrics: ['revenue'], by: ['source'] },
      hand: {
        'with those that are lost': `
          select source, sum(amount) from opportunities where stage like 'Closed%' group by 1 order by 1`,
      },
    };
    await expect(measureStar({ product, file: starData(0.01).file, questions: [question], rounds: 1 })).rejects.toThrow(
      /^revenue by source: .* "with those that are lost" \(hand\) differ in row 1: \["event","[\d.]+"\]/,
    );
  });
});

test('figures: medians, percentiles by rank, geometric means, and tables with figures to the right', async () => {
  const { median, percentile, geometricMean, against, table } = await load<Figures>('test/bench/figures.mjs');
  expect(median([9, 1, 5])).toBe(5);
  expect(percentile([...Array(200).keys()], 99)).toBe(197);
  expect(percentile([4, 3], 50)).toBe(3);
  expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
  expect(() => median([])).toThrow('no measurements');
  const format = (value: number) => `${value} ms`;
  expect(against(3, 3, format)).toBe('3 ms (aim 3 ms)');
  expect(against(4, 3, format)).toBe('4 ms (aim 3 ms, MISSED)');
  expect(
    table(
      ['what', 'time'],
      [
        ['a', '12 ms'],
        ['long', '3 ms'],
      ],
    ),
  ).toBe(['  what    time', '  ────   ─────', '  a      12 ms', '  long    3 ms'].join('\n'));
});
