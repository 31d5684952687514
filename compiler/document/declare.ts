/** A `Node` tree in, a `Document` out. What is of the wrong shape has been reported by then, and is left out here. */

import type { Source } from '../source.ts';
import type {
  ColumnDeclaration,
  CsvOptions,
  Document,
  JoinDeclaration,
  MetricDeclaration,
  ProfileDeclaration,
  ProjectDeclaration,
  RatesDeclaration,
  RuleDeclaration,
  SpanDeclaration,
  TableDeclaration,
  Text,
} from './document.ts';
import { declareBaseline, declareGoal } from './goal.ts';
import { child, type MapEntry, type Node } from './node.ts';
import { declareAlert, declareRole } from './role.ts';
import { declareServe } from './serve.ts';
import { declareTest } from './test.ts';
import { described, entries, isTrue, keyWord, labels, oneOfTexts, pointed, text, word, words } from './words.ts';

export function declare(source: Source, root: Node, kind: 'project' | 'definitions'): Document {
  const read = new Reader(source);
  return {
    kind: 'document',
    file: source.path,
    project: kind === 'project' ? read.project(root) : null,
    tables: entries(child(root, 'tables')).map(entry => read.table(entry)),
    metrics: entries(child(root, 'metrics')).map(entry => read.metric(entry)),
    tests: entries(child(root, 'tests')).map(entry => declareTest(source, entry)),
    goals: entries(child(root, 'goals')).map(entry => declareGoal(source, entry)),
    baselines: entries(child(root, 'baselines')).map(entry => declareBaseline(source, entry)),
    roles: entries(child(root, 'roles')).map(entry => declareRole(source, entry)),
    alerts: entries(child(root, 'alerts')).map(entry => declareAlert(source, entry)),
  };
}

class Reader {
  constructor(private readonly source: Source) {}

  project(root: Node): ProjectDeclaration {
    const calendar = child(root, 'calendar');
    const warehouse = child(root, 'warehouse');
    return {
      file: this.source.path,
      name: word(child(root, 'name')) ?? { text: '', at: [0, 0] },
      currency: text(child(root, 'currency')),
      timeZone: word(child(root, 'time_zone')),
      weekStarts: text(child(calendar, 'week_starts')),
      fiscalYearStarts: text(child(calendar, 'fiscal_year_starts')),
      holidays: word(child(calendar, 'holidays')),
      rates: this.rates(child(root, 'rates')),
      include: child(root, 'include') === undefined ? null : words(child(root, 'include')),
      defaultProfile: word(child(warehouse, 'default')),
      profiles: entries(child(warehouse, 'profiles')).map(profile),
      attributes: entries(child(child(root, 'users'), 'attributes')).flatMap(entry => {
        const type = word(entry.value);
        return type === null ? [] : [{ name: keyWord(entry), type }];
      }),
      tolerances: entries(child(child(root, 'diff'), 'tolerance')).flatMap(entry => {
        const share = /^(\d+(?:\.\d+)?)%$/.exec(text(entry.value) ?? '')?.[1];
        return share === undefined ? [] : [{ metric: keyWord(entry), relative: Number(share) / 100 }];
      }),
      rules: entries(child(root, 'rules')).map(rule),
      serve: declareServe(root),
    };
  }

  private rates(node: Node | undefined): RatesDeclaration | null {
    const [table, from, to, rate, on] = ['table', 'from', 'to', 'rate', 'on'].map(key => word(child(node, key)));
    const isWhole = table != null && from != null && to != null && rate != null && on != null;
    return isWhole ? { table, from, to, rate, on } : null;
  }

  table({ key, keyAt, value }: MapEntry): TableDeclaration {
    return {
      file: this.source.path,
      name: { text: key, at: keyAt },
      ...described(value),
      from: word(child(value, 'from')),
      sql: word(child(value, 'sql')),
      csv: csvOptions(child(value, 'csv')),
      key: words(child(value, 'key')),
      entity: word(child(value, 'entity')),
      time: this.text(child(value, 'time')),
      valid: this.span(child(value, 'valid')),
      columns: entries(child(value, 'columns')).map(entry => this.column(entry)),
      joins: entries(child(value, 'joins')).flatMap(entry => this.join(entry)),
      lifespans: entries(child(value, 'lifespans')).flatMap(entry => {
        const span = this.span(entry.value);
        return span === null ? [] : [{ ...span, name: keyWord(entry) }];
      }),
    };
  }

  private column(entry: MapEntry): ColumnDeclaration {
    const { value } = entry;
    const isShort = value.kind === 'scalar';
    return {
      name: keyWord(entry),
      type: word(isShort ? value : child(value, 'type')),
      formula: this.text(child(value, 'formula')),
      physical: text(child(value, 'column')),
      unit: word(child(value, 'unit')),
      values: child(value, 'values') === undefined ? null : words(child(value, 'values')),
      dimension: word(child(value, 'dimension')),
      label: labels(child(value, 'label')),
      description: labels(child(value, 'description')),
      isPrivate: isTrue(child(value, 'private')),
    };
  }

  private join(entry: MapEntry): readonly JoinDeclaration[] {
    const to = word(child(entry.value, 'to'));
    const on = child(entry.value, 'on');
    if (to === null || on === undefined) return [];
    const column = this.text(on);
    const pairs =
      column !== null
        ? [{ here: column, there: null }]
        : entries(on).map(pair => ({ here: { ...keyWord(pair), map: pair.keyAt[0] }, there: word(pair.value) }));
    return [{ name: keyWord(entry), to, on: pairs, asOf: this.text(child(entry.value, 'as_of')) }];
  }

  private span(node: Node | undefined): SpanDeclaration | null {
    const from = this.text(child(node, 'from'));
    const until = this.text(child(node, 'until'));
    return node === undefined || from === null || until === null ? null : { from, until, at: node.at };
  }

  metric({ key, keyAt, value }: MapEntry): MetricDeclaration {
    return {
      file: this.source.path,
      name: { text: key, at: keyAt },
      ...described(value),
      formula: this.text(child(value, 'formula')),
      table: word(child(value, 'table')),
      unit: word(child(value, 'unit')),
      format: text(child(value, 'format')),
      good: good(child(value, 'good')),
      empty: oneOfTexts(child(value, 'empty'), ['zero', 'null'] as const),
      time: this.text(child(value, 'time')),
      version: Number(text(child(value, 'version')) ?? '1'),
      status: oneOfTexts(child(value, 'status'), ['draft', 'active', 'certified', 'deprecated'] as const) ?? 'active',
      replacedBy: word(child(value, 'replaced_by')),
      ends: word(child(value, 'ends')),
      balanceWith: words(child(value, 'balance_with')),
      lens: oneOfTexts(child(value, 'lens'), ['effectiveness', 'efficiency'] as const),
      covers: words(child(value, 'covers')).map(row => row.text),
    };
  }

  private text(node: Node | undefined): Text | null {
    return pointed(node, this.source);
  }
}

function csvOptions(node: Node | undefined): CsvOptions | null {
  if (node === undefined) return null;
  return {
    delimiter: text(child(node, 'delimiter')),
    dateFormat: text(child(node, 'date_format')),
    nulls: words(child(node, 'nulls')).map(option => option.text),
    dropExtraFields: text(child(node, 'extra_fields')) === 'drop',
  };
}

function rule(entry: MapEntry): RuleDeclaration {
  const { value } = entry;
  const severity = value.kind === 'scalar' ? value : child(value, 'severity');
  return {
    name: keyWord(entry),
    severity: oneOfTexts(severity, ['off', 'info', 'warning', 'error'] as const),
    except: words(child(value, 'except')),
    covers: words(child(value, 'covers')).map(row => row.text),
  };
}

function profile(entry: MapEntry): ProfileDeclaration {
  return {
    name: keyWord(entry),
    engine: word(child(entry.value, 'engine')),
    path: word(child(entry.value, 'path')),
    files: word(child(entry.value, 'files')),
    url: word(child(entry.value, 'url')),
  };
}

function good(node: Node | undefined): MetricDeclaration['good'] {
  const direction = oneOfTexts(node, ['up', 'down'] as const);
  if (direction !== null) return direction;
  const [low, high] = words(child(node, 'between')).map(bound => Number(bound.text));
  return low === undefined || high === undefined ? null : { between: [low, high] };
}
