/** The SQL of a metric's plain question on each engine, with the command that prints it. */
import {
  type Compiled,
  type Diagnostic,
  type Dialect,
  dialectNamed,
  dialectNames,
  formatDay,
  hidesNothing,
  type Metric,
  type Model,
  type Now,
  plan,
  type Query,
  write,
} from '../../../compiler/index.ts';
import { type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { sqlCommand } from '../words/command.ts';
import { sqlText } from '../words/sql.ts';
import { section, soft } from './frame.ts';
import type { Knowledge } from './knowledge.ts';
import type { Telling } from './link.ts';

/** What an engine is sent, or why it is not. */
export interface EngineSql {
  readonly engine: string;
  readonly command: string;
  readonly text: string;
}

/** A metric that needs a period is asked for one. */
const periods = [undefined, 'this month'] as const;

/** Other days, by which it is seen whether a plan depends on the day on which it is asked. */
const otherDays = 397;

export function sqlOf({ name, tables }: Metric, { whole, now, hidden }: Knowledge): readonly EngineSql[] {
  // Below what a role knows there may be names that it does not.
  if (tables.length === 0 || !hidesNothing(hidden)) return [];
  const dialects = dialectNames.flatMap(each => dialectNamed(each) ?? []);
  const asked = periods.map(period => {
    const query: Query = { metrics: [name], period };
    return { query, planned: plan(whole, query, now) };
  });
  const found = asked.find(({ planned }) => planned.plan !== null) ?? asked[0];
  if (found === undefined) return [];
  const { query, planned } = found;
  const written = dialects.map(dialect => ({ dialect, ...write(planned, whole, dialect) }));
  const asOf = changesWithDay(query, written, whole, now) ? formatDay(now.day) : null;
  return written.map(({ dialect, statement, diagnostics }) => {
    const text = statement === null ? refusal(diagnostics) : sqlText(statement);
    return { engine: dialect.title, command: sqlCommand(query, dialect.name, asOf), text };
  });
}

interface Written extends Pick<Compiled, 'statement'> {
  readonly dialect: Dialect;
}

/** Whether a question comes to other SQL on another day; only where there is some date in it can it. */
function changesWithDay(query: Query, written: readonly Written[], model: Model, { day }: Now): boolean {
  if (query.period !== undefined) return true;
  const [first] = written.filter(({ statement }) => statement !== null);
  const text = JSON.stringify(first?.statement ?? null);
  if (first === undefined || !/\d{4}-\d{2}-\d{2}/.test(text)) return false;
  const later = plan(model, query, { day: day + otherDays, hour: 11 });
  return text !== JSON.stringify(write(later, model, first.dialect).statement);
}

function refusal(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map(({ code, message }) => `-- ${code}: ${message}\n`).join('');
}

export function sqlSection(made: readonly EngineSql[], telling: Telling): Markup | null {
  if (made.length === 0) return null;
  const say = catalogueWords[telling.language];
  return section(
    'sql',
    say.sql,
    soft(say.sqlHint),
    ...made.map(({ engine, command, text }) =>
      tag(
        'details',
        {},
        tag('summary', {}, engine),
        tag('p', {}, tag('code', {}, command)),
        tag('pre', { class: 'block', tabindex: 0 }, tag('code', {}, text.trimEnd())),
      ),
    ),
  );
}
