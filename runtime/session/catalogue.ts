/** What there is to ask: the metrics that whoever asks can be told, with their dimensions, and what is said of one of them. */
import {
  didYouMean,
  type Grain,
  type Hidden,
  type Labels,
  type Metric,
  type Model,
  mentions,
  metricsFor,
  nearest,
  nothingHidden,
  Offer,
  own,
  type Role,
  type Span,
  unitText,
  unknownName,
  visibleModel,
} from '../../compiler/index.ts';
import { type Explained, explained } from '../explained.ts';
import { meaningHash } from '../meaning.ts';
import { Refusal } from './refusal.ts';

export interface Catalogue {
  readonly project: string;
  readonly metrics: readonly CatalogueMetric[];
  /** Every dimension that one of them can be asked by. */
  readonly dimensions: readonly CatalogueDimension[];
}

export interface CatalogueMetric {
  readonly name: string;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly type: Metric['type'];
  /** `EUR`, `percent`, `days`; null for none. */
  readonly unit: string | null;
  readonly good: Metric['good'];
  readonly owner: string | null;
  readonly status: Metric['status'];
  readonly replaced_by: string | null;
  readonly dimensions: readonly string[];
  readonly grains: readonly Grain[];
}

export interface CatalogueDimension {
  readonly name: string;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly type: string;
  /** All the values that it can have, where that is declared. */
  readonly values: readonly string[] | null;
}

/** A model does not change, so the catalogue of a role is made once. */
const made = new WeakMap<Model, Map<Role | null, Catalogue>>();

/** Null is nobody in particular. */
export function catalogueFor(model: Model, role: Role | null): Catalogue {
  const ofModel = made.get(model) ?? new Map<Role | null, Catalogue>();
  made.set(model, ofModel);
  const catalogue = ofModel.get(role) ?? makeCatalogue(model, role);
  ofModel.set(role, catalogue);
  return catalogue;
}

function makeCatalogue(model: Model, role: Role | null): Catalogue {
  const hidden = role?.hides ?? nothingHidden;
  const visible = visibleModel(model, hidden);
  const offer = new Offer(visible, model.metrics);
  const dimensions = new Map<string, CatalogueDimension>();
  const metrics = metricsFor(visible, role).map((metric): CatalogueMetric => {
    const offered = offer.dimensions(metric);
    for (const { name, type, values, column } of offered)
      if (!dimensions.has(name))
        dimensions.set(name, {
          ...{ name, type, values },
          label: told(column?.label ?? null, hidden),
          description: told(column?.description ?? null, hidden),
        });
    const { name, type, good, owner, status, replacedBy } = metric;
    const unit = unitText(metric.unit);
    const isUnitless = unit === 'no unit' || unit === 'unspecified';
    return {
      ...{ name, type, good, owner, status },
      label: told(metric.label, hidden),
      description: told(metric.description, hidden),
      unit: metric.isPercent ? 'percent' : isUnitless ? null : unit,
      replaced_by: replacedBy !== null && own(visible.metrics, replacedBy) !== undefined ? replacedBy : null,
      dimensions: offered.map(each => each.name),
      grains: offer.grains(metric),
    };
  });
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  return {
    project: model.settings.name,
    metrics: metrics.toSorted(byName),
    dimensions: [...dimensions.values()].sort(byName),
  };
}

/** A text as far as it names nothing that is hidden. */
function told<T>(text: T | null, hidden: Hidden): T | null {
  return text === null || mentions(JSON.stringify(text), hidden) ? null : text;
}

/** What is said of a metric; a formula that names what is hidden is not told. */
export function explanationFor(name: string, model: Model, role: Role | null): Told<Explained> {
  const hidden = role?.hides ?? nothingHidden;
  const visible = visibleModel(model, hidden);
  // A constant is asked beside others, and can be told by itself.
  const constants = Object.values(visible.metrics).filter(({ tables }) => tables.length === 0);
  const known = [...metricsFor(visible, role), ...constants];
  const metric = known.find(each => each.name === name);
  if (metric === undefined) {
    const span: Span = { file: 'query.metrics', start: 0, end: name.length };
    const help = didYouMean(
      nearest(
        name,
        known.map(each => each.name),
      ),
    );
    throw new Refusal([unknownName(span, { name, kind: 'metric', help })], [{ path: span.file, text: name }]);
  }
  const about = explained(metric, model, hidden);
  return {
    ...about,
    label: told(about.label, hidden),
    description: told(about.description, hidden),
    formula: told(about.formula, hidden),
    owner: told(about.owner, hidden),
    tables: about.tables.filter(each => told(each, hidden) !== null),
    measures: about.measures.filter(each => told(each, hidden) !== null),
    covers: about.covers.filter(each => told(each, hidden) !== null),
  };
}

type Told<T extends { readonly formula: string }> = Omit<T, 'formula'> & { readonly formula: string | null };
export type Explanation = Told<Explained>;

/** A metric that means something else than whoever asks believes; null where there is none of that name any more. */
export interface Drift {
  readonly metric: string;
  readonly was: string;
  readonly is: string | null;
}

/** By metric, the hash of what it meant. */
export type KnownMeanings = Readonly<Record<string, string>>;

const mostMeanings = 5000;

export function driftOf(known: KnownMeanings, model: Model, role: Role | null): readonly Drift[] {
  const visible = visibleModel(model, role?.hides ?? nothingHidden);
  return Object.entries(known)
    .slice(0, mostMeanings)
    .flatMap(([metric, was]) => {
      const is = own(visible.metrics, metric) === undefined ? null : meaningHash(model, metric);
      return is === was ? [] : [{ metric, was, is }];
    });
}
