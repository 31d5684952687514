/**
 * What a client says: a Model in, the dimensions, metrics and names of a generated client out, sorted, with what is to be read
 * of each. How that is written is up to the emitter.
 */
import type { Labels } from '../document/index.ts';
import { neverMissing } from '../missing.ts';
import type { Goal, Hidden, Metric, Model, Role } from '../model.ts';
import { own } from '../record.ts';
import {
  hidesNothing,
  isKeptTable,
  mentions,
  metricsFor,
  nothingHidden,
  Offer,
  type OfferedDimension,
  unitText,
  visibleModel,
} from '../resolve/index.ts';
import { readingOf, type UnitName } from './wire.ts';

/** A column of answers, and how it is typed. */
export interface DescribedField {
  readonly name: string;
  readonly type: string;
  readonly lines: readonly string[];
}

export interface DescribedMetric extends DescribedField {
  readonly deprecated: string | null;
  /** As answers name them. */
  readonly wireType: string;
  readonly unit: UnitName;
  /** The dimensions and grains that it can be asked by: a name for them all. */
  readonly dimensions: string | null;
  readonly grains: 'none' | 'days' | 'hours';
}

/** A dimension: what its values are, and what they can be compared with. */
export interface DescribedDimension extends DescribedField {
  readonly input: string;
}

export interface ClientDescription {
  readonly project: string;
  readonly role: string | null;
  readonly dimensions: readonly DescribedDimension[];
  readonly metrics: readonly DescribedMetric[];
  /** Dimensions that metrics have together, by the name of the list. */
  readonly lists: readonly { readonly name: string; readonly dimensions: readonly string[] }[];
}

/** The client of a role has the names that the role knows, and the metrics that it can be told; null is everything. */
export function describeClient(model: Model, role: Role | null): ClientDescription {
  const hidden = role?.hides ?? nothingHidden;
  const visible = visibleModel(model, hidden);
  const metrics = metricsFor(visible, role).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const offer = new Offer(visible, model.metrics);
  const known = { model: visible, whole: model, hidden };
  const lists = new ListNames();
  const offered = new Map<string, OfferedDimension[]>();
  const read = new Set<readonly OfferedDimension[]>();
  const described = metrics.map(metric => {
    const dimensions = offer.dimensions(metric);
    // Metrics of the same tables have one list.
    for (const each of read.has(dimensions) ? [] : dimensions) {
      const others = offered.get(each.name);
      if (others === undefined) offered.set(each.name, [each]);
      else others.push(each);
    }
    read.add(dimensions);
    return describeMetric(metric, lists.of(metric, dimensions), offer, known);
  });
  return {
    project: model.settings.name,
    role: role?.name ?? null,
    dimensions: [...offered]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, all]) => describeDimension(name, all, known)),
    metrics: described,
    lists: lists.all,
  };
}

/** Lists of dimensions, each once, named for the tables of the first metric that has it. */
class ListNames {
  private readonly byContent = new Map<string, string>();
  private readonly lists = new Map<string, readonly string[]>();

  of({ tables }: Metric, dimensions: readonly OfferedDimension[]): string | null {
    if (dimensions.length === 0) return null;
    const names = dimensions.map(({ name }) => name);
    const content = names.join(' ');
    const known = this.byContent.get(content);
    if (known !== undefined) return known;
    const wanted = `Of_${tables.filter(table => !isKeptTable(table)).join('_') || tables.map(afterColon).join('_')}`;
    const name = this.free(wanted.slice(0, 60));
    this.byContent.set(content, name);
    this.lists.set(name, names);
    return name;
  }

  get all() {
    return [...this.lists].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, dimensions]) => ({ name, dimensions }));
  }

  private free(name: string): string {
    for (let count = 1; ; count += 1) {
      const numbered = count === 1 ? name : `${name}_${count}`;
      if (!this.lists.has(numbered)) return numbered;
    }
  }
}

function afterColon(table: string): string {
  return table.slice(table.indexOf(':') + 1);
}

interface Known {
  /** What the role knows, and what there is. */
  readonly model: Model;
  readonly whole: Model;
  readonly hidden: Hidden;
}

function describeMetric(metric: Metric, dimensions: string | null, offer: Offer, known: Known): DescribedMetric {
  const { name, type, values } = metric;
  const unit = unitOf(metric);
  const plain = readingOf(type)?.metric(unit) ?? 'never';
  const of = type === 'string' && values !== null && values.length > 0 ? union(values) : plain;
  const grains = offer.grains(metric);
  return {
    name,
    type: neverMissing(metric, known.whole) ? of : `${of} | null`,
    lines: linesOf(metric, unit, known),
    deprecated: deprecation(metric, known.model),
    wireType: type,
    unit,
    dimensions,
    grains: grains.length === 0 ? 'none' : grains.includes('hour') ? 'hours' : 'days',
  };
}

/** As answers name it. */
function unitOf({ unit, isPercent }: Pick<Metric, 'unit' | 'isPercent'>): UnitName {
  if (isPercent) return 'percent';
  const text = unitText(unit);
  return text === 'no unit' || text === 'unspecified' ? null : text;
}

function describeDimension(name: string, all: readonly OfferedDimension[], known: Known): DescribedDimension {
  const [first, ...others] = all;
  const isOne = others.every(({ column }) => column === first?.column);
  const { label = null, description = null } = (isOne ? first?.column : null) ?? {};
  const line = sentence(inEnglish(label), inEnglish(description));
  const type = either(all.map(valueType));
  return {
    name,
    type: `${type} | null`,
    input: either(all.map(inputType)),
    lines: line === '' || !isKnown(line, known) ? [] : [line],
  };
}

function valueType({ type, unit, values }: OfferedDimension): string {
  if (type === 'string' && values !== null) return union(values);
  return readingOf(type)?.dimension(unitOf({ unit, isPercent: false })) ?? 'never';
}

function inputType({ type, values }: OfferedDimension): string {
  if (type === 'string' && values !== null) return union(values);
  return readingOf(type)?.input ?? 'never';
}

/** Any of several types; declared texts beside any text are offered still. */
function either(types: readonly string[]): string {
  const all = [...new Set(types)].sort();
  return all.map(type => (type === 'string' && all.length > 1 ? '(string & {})' : type)).join(' | ');
}

function union(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(quotedText).join(' | ');
}

/** A text of TypeScript, whatever it holds. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What is said of a metric, in lines; what names anything that the role does not know is left out. */
function linesOf(metric: Metric, unit: UnitName, known: Known): readonly string[] {
  const { model } = known;
  const { label, description, formula, owner, status, good, name } = metric;
  const [head = ''] = name.split('.');
  const goal = own(model.goals, head);
  const goals = Object.values(model.goals)
    .filter(each => each.metric === name)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const facts = [
    unit === null ? '' : `Unit: ${unit}.`,
    owner === null ? '' : `Owner: ${owner}.`,
    good === null
      ? ''
      : `Good: ${typeof good === 'string' ? good : `between ${good.between[0]} and ${good.between[1]}`}.`,
    status === 'active' ? '' : `Status: ${status}.`,
  ];
  const shown = (texts: readonly string[]) => texts.filter(text => text !== '' && isKnown(text, known));
  return shown([
    sentence(inEnglish(label ?? goal?.label ?? null), inEnglish(description)),
    goal === undefined || goal.name === name ? '' : `The ${name.slice(head.length + 1)} of the goal \`${head}\`.`,
    `Formula: \`${formula.trim().replaceAll('`', "'")}\``,
    shown(facts).join(' '),
    ...goals.map(each => `Goal: \`${each.name}\`, ${goalText(each)}`),
  ]);
}

/** Whether a text names nothing that the role does not know. */
function isKnown(text: string, { hidden }: Known): boolean {
  return hidesNothing(hidden) || !mentions(text, hidden);
}

function goalText({ grain, label }: Goal): string {
  const text = inEnglish(label);
  return text === null ? `by ${grain}` : `by ${grain}: ${text}`;
}

function sentence(label: string | null, description: string | null): string {
  const parts = [label, description].flatMap(part => (part === null ? [] : [part.trim().replace(/\.$/, '')]));
  return parts.length === 0 ? '' : `${parts.join('. ')}.`;
}

function deprecation({ status, replacedBy, ends }: Metric, model: Model): string | null {
  if (status !== 'deprecated') return null;
  const successor =
    replacedBy === null || own(model.metrics, replacedBy) === undefined ? null : `use \`${replacedBy}\``;
  const end = ends === null ? null : `ends ${ends}`;
  return [successor, end].flatMap(part => part ?? []).join('; ');
}

/** What definitions say in English, or else in the first language that they have. */
function inEnglish(labels: Labels | null): string | null {
  if (labels === null) return null;
  const [first = null] = Object.values(labels);
  return own(labels, 'en') ?? first;
}
