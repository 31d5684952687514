/** Random worlds: a CRM of a few tables with awkward rows, and metrics over them. */
import { chance, count, type Gen, pick } from './choose.ts';
import { type Context, expression } from './forms.ts';
import { goal } from './goals.ts';
import { measure } from './measures.ts';
import { type Rows, rowsOf, type TableName } from './rows.ts';
import { type Shape, shapeOf } from './shape.ts';
import { definitionsOf } from './tables.ts';
import type { Form, Written } from './written.ts';

export interface GeneratedWorld {
  /** The project, as the YAML that JSON is. */
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly rows: Readonly<Record<string, Rows>>;
  /** The day on which questions are asked, where it is another than that of all. */
  readonly today?: number | undefined;
}

export interface GeneratedMetrics {
  readonly shape: Shape;
  readonly world: GeneratedWorld;
  readonly metrics: Readonly<Record<string, Written>>;
}

const facts: readonly TableName[] = ['deals', 'deals', 'deals', 'calls', 'quotas', 'reps'];

export function generateWorld(g: Gen, allowed: readonly Form[]): GeneratedMetrics {
  const shape = shapeOf(g, allowed);
  const often = allowed.length < 4 ? 100 : 40;
  const definitions: Record<string, unknown> = {};
  const metrics: Record<string, Written> = {};
  const add = (name: string, written: Written) => {
    const good = often > 50 && chance(g, 50) ? { good: pick<unknown>(g, 'up', 'down', { between: [-1, 100] }) } : {};
    const empty = chance(g, 15) ? { empty: pick(g, 'null', written.kind === 'number' ? 'zero' : 'null') } : {};
    definitions[name] = { formula: written.text, ...empty, ...good };
    metrics[name] = { ...written, text: name };
  };
  for (let index = 0; index < count(g, 1, 4); index += 1) {
    add(`m${index}`, measure(g, pick(g, ...facts), allowed, shape));
  }
  for (let index = 0; index < count(g, 1, 5); index += 1) {
    const context: Context = { allowed, metrics: Object.values(metrics), shape };
    add(`d${index}`, expression(g, pick(g, 1, 1, 2, 2, 3), context));
  }
  const goals: Record<string, unknown> = {};
  for (let index = 0; index < (allowed.includes('goal') && chance(g, often) ? 2 : 0); index += 1) {
    const made = goal(
      g,
      `g${index}`,
      Object.values(metrics).filter(({ goalBy }) => goalBy === undefined),
    );
    if (made === null) continue;
    goals[`g${index}`] = made.definition;
    Object.assign(metrics, made.metrics);
  }
  if (Object.keys(goals).length > 0 && chance(g, 50)) {
    const context: Context = {
      allowed,
      metrics: Object.values(metrics).filter(({ goalBy }) => goalBy !== undefined),
      shape,
    };
    add('e0', expression(g, pick(g, 1, 2), context));
  }
  const project = {
    version: 1,
    name: 'generated',
    currency: 'EUR',
    time_zone: pick(g, 'UTC', 'UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kathmandu', 'America/St_Johns'),
    calendar: {
      week_starts: pick(g, 'monday', 'sunday', 'saturday'),
      fiscal_year_starts: pick(g, 'january', 'february', 'october'),
    },
    rates: { table: 'rates', from: 'from_code', to: 'to_code', rate: 'rate', on: 'rated_on' },
    tables: definitionsOf(g, shape),
    metrics: definitions,
    goals,
  };
  return { world: { definitions: project, rows: rowsOf(g, shape), today: todayOf(g, goals) }, metrics, shape };
}

/** Days in the middle of what targets hold for. */
function todayOf(g: Gen, goals: Readonly<Record<string, unknown>>): number | undefined {
  if (Object.keys(goals).length === 0 || chance(g, 30)) return undefined;
  const [march, february] = [19_793, 19_764];
  return pick(g, march, february, march + 9);
}
