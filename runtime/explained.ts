/** What is said of a metric, as data: its definition, and what it stands on. Texts that name what is hidden are left out by whoever shows them. */
import {
  type Hidden,
  isKeptTable,
  type Labels,
  type Metric,
  type Model,
  measuresOf,
  own,
  referencesOf,
  unitText,
  visibleModel,
} from '../compiler/index.ts';

export interface Explained {
  readonly name: string;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly formula: string;
  readonly unit: string;
  readonly type: Metric['type'];
  readonly good: Metric['good'];
  readonly owner: string | null;
  readonly status: Metric['status'];
  readonly version: number;
  readonly replaced_by: string | null;
  readonly ends: string | null;
  readonly read_with: readonly string[];
  readonly lens: Metric['lens'];
  readonly covers: readonly string[];
  readonly adds_up: Metric['additivity'];
  readonly tables: readonly string[];
  readonly measures: readonly string[];
  readonly stands_on: readonly string[];
  readonly used_by: readonly string[];
}

export function explained(metric: Metric, model: Model, hidden: Hidden): Explained {
  const shown = visibleModel(model, hidden).metrics;
  const known = (names: readonly string[]) => names.filter(name => own(shown, name) !== undefined);
  const users = Object.values(shown).filter(other => referencesOf(other.expression).includes(metric.name));
  const measures = measuresOf(metric.expression, name => own(model.metrics, name)).map(measure => measure.text);
  const { name, label, description, type, good, owner, status, version, ends, lens, covers } = metric;
  return {
    ...{ name, label, description, type, good, owner, status, version, ends, lens, covers },
    formula: metric.formula.trim(),
    unit: metric.isPercent ? 'percent' : unitText(metric.unit),
    replaced_by: known(metric.replacedBy === null ? [] : [metric.replacedBy])[0] ?? null,
    read_with: known(metric.balanceWith),
    adds_up: metric.additivity,
    tables: metric.tables.filter(table => !isKeptTable(table)),
    measures: [...new Set(measures)],
    stands_on: known(referencesOf(metric.expression)),
    used_by: known(users.map(user => user.name)),
  };
}
