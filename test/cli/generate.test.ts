/** `metrics generate`: what is written, when, and what is said instead. */
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const sound = {
  'metrics.yaml': `version: 1
name: acme
tables:
  deals: { from: deals.csv, key: deal_id, columns: { deal_id: string, secret: string } }
metrics:
  deal_count: { formula: count(deals), owner: sales }
  secrets: { formula: "count(distinct deals.secret)" }
roles:
  clerk: { sees: all, hides: [deals.secret, secrets] }
`,
};
const written = ['metrics.gen.d.ts', 'metrics.gen.js', 'metrics.gen.meanings.d.ts', 'metrics.gen.meanings.js'];

function changed(folder: string, from: string, to: string): void {
  const file = path.join(folder, 'metrics.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

describe('generate', () => {
  test('writes beside metrics.yaml, and again only what is not as the definitions are', async () => {
    const folder = projectFolder(sound);
    const first = await metrics(folder, 'generate');
    expect([first.code, first.out, first.err]).toEqual([0, `Wrote ${written.join(', ')}\n`, '']);
    const past = new Date(2020, 0, 1);
    for (const file of written) utimesSync(path.join(folder, file), past, past);
    const second = await metrics(folder, 'generate');
    expect([second.code, second.out]).toEqual([0, 'metrics.gen.d.ts is up to date\n']);
    changed(folder, 'owner: sales', 'owner: finance');
    // The hash is that of all that is written, and what the metric means is as before.
    expect((await metrics(folder, 'generate')).out).toBe('Wrote metrics.gen.d.ts, metrics.gen.js\n');
    const untouched = written.filter(file => statSync(path.join(folder, file)).mtimeMs === past.getTime());
    expect(untouched).toEqual(['metrics.gen.meanings.d.ts', 'metrics.gen.meanings.js']);
  });

  test('--check writes nothing, and says which lines have changed', async () => {
    const folder = projectFolder(sound);
    await metrics(folder, 'generate');
    expect((await metrics(folder, 'generate', '--check')).code).toBe(0);
    changed(folder, 'owner: sales', 'owner: finance');
    const before = written.map(file => readFileSync(path.join(folder, file), 'utf8'));
    const { code, out, err } = await metrics(folder, 'generate', '--check');
    expect([code, err]).toEqual([1, 'Generate it again: metrics generate\n']);
    expect(out).toMatch(
      /^metrics\.gen\.d\.ts is stale\n {2}- {4}\* Owner: sales\.\n {2}\+ {4}\* Owner: finance\.\nmetrics\.gen\.js is stale\n {2}- {3}hash: "\w{16}",\n {2}\+ {3}hash: "\w{16}",\n$/,
    );
    expect(written.map(file => readFileSync(path.join(folder, file), 'utf8'))).toEqual(before);
  });

  test('lines that end as on Windows are the same lines', async () => {
    const folder = projectFolder(sound);
    await metrics(folder, 'generate');
    for (const file of written) {
      const place = path.join(folder, file);
      writeFileSync(place, readFileSync(place, 'utf8').replaceAll('\n', '\r\n'));
    }
    expect((await metrics(folder, 'generate', '--check')).code).toBe(0);
  });

  test('for a role, into a folder that is made, without a word of what is hidden', async () => {
    const folder = projectFolder(sound);
    const { code, out } = await metrics(folder, 'generate', '--as', 'clerk', '--out', 'web/src/clerk.d.ts');
    expect([code, out.split(', ')[0]]).toEqual([0, 'Wrote web/src/clerk.d.ts']);
    const files = readdirSync(path.join(folder, 'web/src'));
    expect(files).toEqual(['clerk.d.ts', 'clerk.js', 'clerk.meanings.d.ts', 'clerk.meanings.js']);
    const texts = files.map(file => readFileSync(path.join(folder, 'web/src', file), 'utf8')).join('');
    expect(texts).toContain('deal_count');
    expect(texts).not.toContain('secret');
    expect((await metrics(folder, 'generate', '--as', 'clerk')).out).toContain('metrics.clerk.gen.d.ts');
  });

  test.each([
    [['--as', 'clark'], 2, 'error: there is no role `clark`\n  = help: did you mean `clerk`?\n'],
    [['--out', 'web/'], 2, 'error: web/ is no file\n  = help: name one: `--out web/metrics.gen.d.ts`\n'],
    [['--out', 'there'], 2, 'error: there is no file\n  = help: name one: `--out web/metrics.gen.d.ts`\n'],
    [['--out', ''], 2, 'error: `--out` is no file\n  = help: name one: `--out web/metrics.gen.d.ts`\n'],
  ] as const)('%j is wrong', async (words, code, err) => {
    const folder = projectFolder(sound);
    mkdirSync(path.join(folder, 'there'));
    const refused = await metrics(folder, 'generate', ...words);
    expect([refused.code, refused.out, refused.err]).toEqual([code, '', err]);
  });

  test('what is wrong with the definitions is said, and nothing is written', async () => {
    const folder = projectFolder({ 'metrics.yaml': sound['metrics.yaml'].replace('count(deals)', 'count(daels)') });
    const { code, out, err } = await metrics(folder, 'generate');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^error\[M2001\]/);
    expect(readdirSync(folder).filter(file => file.includes('gen'))).toEqual([]);
  });

  test('a place that cannot be written to is named', async () => {
    const folder = projectFolder({ ...sound, file: '' });
    const { code, err } = await metrics(folder, 'generate', '--out', 'file/metrics.gen.d.ts');
    expect(code).toBe(3);
    expect(err).toMatch(/^error: /);
    expect(err).not.toMatch(/\n {4}at /);
  });
});
