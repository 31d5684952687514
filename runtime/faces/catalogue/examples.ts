/** The tests of a metric, which say by example what it means: given rows, the question, and what is expected. */
import type { CellValue, CheckedTest } from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { queryCommand } from '../words/command.ts';
import { nameInWords } from '../words/text.ts';
import { section, soft, table, textIn } from './frame.ts';
import { usedColumns } from './knowledge.ts';
import { nameLink, type Telling } from './link.ts';

/** The tests that ask for one of some metrics. */
export function testsSection(metrics: readonly string[], telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const tests = telling.tests.filter(({ query }) => query?.metrics.some(name => metrics.includes(name)) === true);
  if (tests.length === 0) return null;
  return section('tests', say.tests, soft(say.testsHint), ...tests.map(test => testMarkup(test, telling)));
}

function testMarkup(test: CheckedTest, telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const description = textIn(test.description, telling);
  const command = queryCommand(test);
  return tag(
    'details',
    {},
    tag('summary', {}, nameInWords(test.name)),
    description === null ? null : tag('p', {}, description),
    ...test.given.map(given => {
      const { name, columns, rows } = usedColumns(given);
      const cells = rows.map(row => ({ cells: row.map(cell) }));
      return all(
        tag('h3', {}, `${say.given}: `, nameLink({ kind: 'table', name }, telling)),
        table(`${say.given}: ${name}`, columns, cells) ?? soft(say.noRows),
      );
    }),
    command === null ? null : all(tag('h3', {}, say.asked), tag('p', {}, tag('code', {}, command))),
    tag('h3', {}, say.expected),
    expected(test, telling),
  );
}

function expected({ name, expectation }: CheckedTest, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  switch (expectation?.kind) {
    case undefined:
      return null;
    case 'refusal':
      return tag('p', {}, `${say.refusal} `, tag('code', {}, expectation.code));
    case 'rows': {
      const columns = [...new Set(expectation.rows.flatMap(({ cells }) => Object.keys(cells)))];
      const rows = expectation.rows.map(({ cells }) => ({ cells: columns.map(column => cell(cells[column] ?? null)) }));
      return table(`${say.expected}: ${name}`, columns, rows) ?? soft(say.noRows);
    }
  }
}

function cell(value: CellValue): string {
  return value === null ? '–' : String(value);
}
