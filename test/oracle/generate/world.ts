/** Random worlds: a CRM of a few tables with awkward rows, and metrics over them. */
import { chance, count, type Gen, pick } from './choose.ts';
import { type Context, expression } from './forms.ts';
import { measure } from './measures.ts';
import { type Rows, rowsOf, type TableName } from './rows.ts';
import { type Shape, shapeOf } from './shape.ts';
import { definitionsOf } from './tables.ts';
import type { Form, Written } from './written.ts';

export interface GeneratedWorld {
  /** The project, as the YAML that JSON is. */
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly rows: Readonly<Record<string, Rows>>;
}

export interface GeneratedMetrics {
  readonly shape: Shape;
  readonly world: GeneratedWorld;
  readonly metrics: Readonly<Record<string, Written>>;
}

const facts: readonly TableName[] = ['deals', 'deals', 'deals', 'calls', 'quotas', 'reps'];

export function generateWorld(g: Gen, allowed: readonly Form[]): GeneratedMetrics {
  const shape = shapeOf(g, allowed);
  const definitions: Record<string, unknown> = {};
  const metrics: Record<string, Written> = {};
  const add = (name: string, written: Written) => {
    const empty = chance(g, 15) ? { empty: pick(g, 'null', written.kind === 'number' ? 'zero' : 'null') } : {};
    definitions[name] = { formula: written.text, ...empty };
    metrics[name] = { ...written, text: name };
  };
  for (let index = 0; index < count(g, 1, 4); index += 1) {
    add(`m${index}`, measure(g, pick(g, ...facts), allowed, shape));
  }
  for (let index = 0; index < count(g, 1, 5); index += 1) {
    const context: Context = { allowed, metrics: Object.values(metrics), shape };
    add(`d${index}`, expression(g, pick(g, 1, 1, 2, 2, 3), context));
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
  };
  return { world: { definitions: project, rows: rowsOf(g, shape) }, metrics, shape };
}
