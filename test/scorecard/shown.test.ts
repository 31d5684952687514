/**
 * What people see of a scorecard, in a terminal and as a page, in both languages: goldens in `golden/` (`UPDATE=1` writes
 * them anew, and the commit says why they moved; the values in them are those of scorecard.test.ts). And that nothing that
 * is written in definitions or stands in the data can be more than text on the page.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { metrics } from '../support/project.ts';
import { asOf, smallProject } from './project.ts';

const folder = path.join(import.meta.dirname, 'golden');

function golden(name: string, text: string): void {
  const place = path.join(folder, name);
  const shown = text.replace(/\b[0-9a-f]{16}\b/g, 'HASH');
  if (process.env.UPDATE === '1') writeFileSync(place, shown);
  expect(shown).toBe(existsSync(place) ? readFileSync(place, 'utf8') : '(there is no golden yet)');
}

async function shown(project: string, ...words: readonly string[]): Promise<string> {
  const { code, out, err } = await metrics(project, 'scorecard', ...words, ...asOf);
  expect([code, err]).toEqual([0, '']);
  return out;
}

describe('goldens', () => {
  const views: readonly (readonly [file: string, words: readonly string[]])[] = [
    ['rep.txt', ['sales_rep', '--user', 'rep_id=r2']],
    ['director-es.txt', ['sales_director', '--lang', 'es']],
    ['rep.html', ['sales_rep', '--user', 'rep_id=r2', '--format', 'html']],
    ['director-es.html', ['sales_director', '--lang', 'es', '--format', 'html']],
  ];
  test.each(views)('%s', async (file, words) => {
    golden(file, await shown(smallProject(), ...words));
  });
});

test('no line is wider than the terminal', async () => {
  const out = await shown(smallProject(), 'sales_director', '--color', 'never');
  // Commands stay on one line, to be copied.
  const lines = out.split('\n').filter(line => !line.startsWith('    metrics rows '));
  expect(Math.max(...lines.map(line => [...line].length))).toBeLessThanOrEqual(100);
});

test('colours are asked for', async () => {
  const out = await shown(smallProject(), 'sales_rep', '--user', 'rep_id=r2', '--color', 'always');
  expect(out).toContain('\u001b[31m▼ off track\u001b[0m');
});

const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&</style></title>`;

test('what is hostile is text', async () => {
  const quoted = JSON.stringify(hostile);
  const project = smallProject({
    'reps.csv': `rep_id,name,region\nr1,"${hostile.replaceAll('"', '""')}",North\nr2,Ben,South\n`,
    'more.yaml': `version: 1
metrics:
  loud: { label: ${quoted}, description: ${quoted}, owner: ${quoted}, formula: count(deals), good: up, balance_with: [win_rate] }
goals: { loud_goal: { metric: loud, target: 5, grain: month, label: ${quoted}, objective: ${quoted}, owner: ${quoted} } }
alerts: { noisy: { when: loud > 0, by: [rep.name], label: ${quoted}, message: ${JSON.stringify(`{rep.name} ${hostile}`)}, severity: critical } }
roles:
  asked:
    label: ${quoted}
    description: ${quoted}
    sees: all
    scorecard:
      - section: ${quoted}
        items:
          - { goal: loud_goal, note: ${quoted}, trend: 3 months, compare: [prior_period] }
          - { metric: loud, by: [rep.name], where: "rep.name <> '<b>'" }
    alerts: [noisy]
`,
  });
  const out = await shown(project, 'asked', '--format', 'html', '--user', `region=${hostile}`);
  expect(out.match(/<(script|img|b)\b/gi)).toBeNull();
  expect(out.match(/<\/(style|title)>/g)).toHaveLength(2);
  expect(out).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  // Everything that was hostile is there, as text.
  expect(out.match(/&lt;img src=x onerror=alert\(2\)&gt;/g)?.length).toBeGreaterThan(12);
});

test('control characters steer no terminal', async () => {
  const project = smallProject({ 'reps.csv': 'rep_id,name,region\nr1,Ana\u001b[2J,North\nr2,Ben,South\n' });
  const out = await shown(project, 'sales_director', '--color', 'never');
  expect(out).toContain('Ana?[2J');
  expect(out).not.toContain('\u001b');
});
