/**
 * A frame in the making: metric expressions in, scalars over the columns of its facts out. Nested aggregates and totals
 * are computed in frames of their own, whose rows are aggregated into this one or looked up from it. What is used twice
 * is one object, so that it can be shared.
 */
import type {
  AggregateName,
  Measure,
  Metric,
  MetricExpression,
  Nested,
  RowExpression,
  Total,
  Windowed,
} from '../model.ts';
import { own } from '../record.ts';
import type { BoundCompletion } from '../resolve/index.ts';
import {
  allKnown,
  areEnough,
  isOfOthers,
  type Knowledge,
  masksUnknown,
  memberCounts,
  membersPer,
  ofEnough,
  ofKnown,
  type Standing,
  tellsRow,
} from './benchmark.ts';
import { byCell } from './bycell.ts';
import { asOfBounds, momentScalars } from './cells.ts';
import { isNothing, overMissing, overNothing, storedValue, withoutZero } from './empty.ts';
import { everyMember } from './every.ts';
import { type FactNames, planFacts } from './facts.ts';
import { type Column, type Fact, type Frame, frameKeys, presentName } from './frame.ts';
import type { FrozenRead } from './frozen.ts';
import { daysConstant, type GoalRead, isOfWrittenTargets, reachOf } from './goals.ts';
import { cutGroups, type Groups, planGroups } from './groups.ts';
import { finerGroups, type InnerFrame, isIdle, knownInside, planInnerFact, valuedMembers } from './inner.ts';
import type { Filling } from './members.ts';
import { Places, type PlacesContext } from './places.ts';
import type { ColumnScalar, NamedScalar, Scalar } from './plan.ts';
import { inLevels } from './ranks.ts';
import { isSameDimension, keptDimensions, keptSteps, knownDimensions } from './reduce.ts';
import { call, column, constant, isAlike, nothing, ofLiteral, some } from './scalar.ts';
import { select } from './select.ts';
import { type Evaluated, innerKey, placeOf, type Site } from './site.ts';
import { cutsOf, type Times, withStep } from './times.ts';
import { isZeroWhenEmpty, type MeasureUse, nothingPushed, Pushes, type Use, Uses } from './uses.ts';
import { ownReading } from './versions.ts';

/** What all frames of a plan share. */
export interface PlanContext
  extends Pick<Frame, 'model' | 'clock' | 'reads' | 'access' | 'today' | 'strategy'>,
    PlacesContext {
  readonly where: Readonly<Record<string, RowExpression>> | null;
  readonly factNames: FactNames;
  /** Aggregates that would tell what a row of others says. */
  readonly telling: Set<AggregateName>;
  /** Frames that others look up, each made once. */
  readonly smaller: Map<string, FramePlan>;
}

export class FramePlan {
  readonly uses: Uses;
  readonly frame: Frame;
  /** Which metric a scalar is the value of, for names. */
  readonly names = new Map<Scalar, string>();
  private readonly metrics = new Map<string, Evaluated>();
  private readonly pushes = new Pushes();
  private readonly inner = new Map<string, InnerFrame<FramePlan>>();
  private readonly smaller = new Map<FramePlan, SmallerFrame>();
  /** Columns that are looked up, with what they are in the frame that they come from. */
  private readonly lookups = new Map<string, { readonly plan: FramePlan; readonly value: Scalar }>();
  /** Values that stand on the bounds of intervals, beside measures. */
  readonly demands: { readonly times: Times; readonly form: string }[] = [];
  /** Goals whose targets are read, and on which intervals. */
  readonly targets: GoalRead[] = [];
  /** Baselines whose values are read, and on which intervals. */
  readonly frozen: FrozenRead[] = [];
  private readonly places: Places;

  constructor(
    private readonly context: PlanContext,
    dimensions: Frame['dimensions'],
    times: Times,
  ) {
    const keys = frameKeys({ dimensions, times }).map(key => key.name);
    this.uses = new Uses(context.where, [...keys, presentName]);
    this.frame = { ...context, dimensions, times, uses: this.uses, reading: ownReading(null) };
    this.places = new Places(this.frame, context, (expression, site) => this.evaluate(expression, site));
  }

  /** The members that `per every` brings to the frames inside this one. */
  get members(): readonly { readonly plan: FramePlan; readonly completions: readonly BoundCompletion[] }[] {
    return [...this.inner.values()].map(inner => ({ plan: inner.plan, completions: this.membersOf(inner) }));
  }

  private membersOf({ members, pushed, plan }: InnerFrame<FramePlan>): readonly BoundCompletion[] {
    const { where } = this.context;
    return everyMember(members, plan.frame, [...(where === null ? [] : [where]), ...pushed.conditions]);
  }

  /** Whether it reads nothing, so that it has no groups. */
  get isEmpty(): boolean {
    return this.uses.measures.length + this.smaller.size === 0 && [...this.inner.values()].every(isIdle);
  }

  /** This frame and those below it. */
  get all(): readonly FramePlan[] {
    const below = [...this.inner.values(), ...this.smaller.values()].map(({ plan }) => plan);
    return [this, ...below.flatMap(plan => plan.all)];
  }

  metric(metric: Metric): Scalar {
    return this.named(metric, this.site(metric.name)).value;
  }

  expression(expression: MetricExpression, name: string): Scalar {
    return this.evaluate(expression, this.site(name));
  }

  private site(name: string): Site {
    return {
      name,
      pushed: nothingPushed,
      times: this.frame.times,
      uses: new Set(),
      knowledge: new Set(),
      standing: 'own',
    };
  }

  /** The groups of the frame with all its columns, those that are looked up and ranked among them. */
  groups(filling: Filling): Groups {
    const facts = [
      ...planFacts(this.frame, this.context.factNames),
      ...[...this.inner.values()].filter(inner => !isIdle(inner)).map(inner => this.innerFact(inner)),
    ];
    const uncut = planGroups(facts, filling, this.frame);
    // A condition may rank groups that no asked measure has, so they are cut only after the ranks.
    const groups = this.places.columns.length === 0 ? { ...cutGroups(uncut), present: null } : uncut;
    const values = facts.flatMap(fact => fact.values);
    let relation = groups.relation;
    const mark: readonly Column[] = groups.present?.kind === 'column' ? [groups.present] : [];
    const columns: Column[] = [...frameKeys(this.frame), ...values, ...mark];
    for (const [index, { plan, outputs }] of [...this.smaller.values()].entries()) {
      const taken = outputs.map(({ name, value }) => ({ name, type: value.type }));
      const groups = plan.groups(noFilling);
      const other = select(groups, frameKeys(plan.frame), outputs, null, scalar => plan.names.get(scalar));
      const alias = index === 0 ? 'totals' : `totals_${index + 1}`;
      relation = { kind: 'lookup', input: relation, other, alias, keys: frameKeys(plan.frame), columns: taken };
      columns.push(...taken);
    }
    for (const ranks of inLevels(this.places.columns)) {
      relation = select({ relation, neverNull: new Set() }, columns, ranks, null, scalar => this.names.get(scalar));
      columns.push(...ranks.map(({ name, value }) => ({ name, type: value.type })));
    }
    return cutGroups({ relation, neverNull: groups.neverNull, present: groups.present });
  }

  private named(metric: Metric, site: Site): Evaluated {
    const key = JSON.stringify([metric.name, site.pushed.id, site.times.steps, site.standing]);
    const known = this.metrics.get(key);
    if (known !== undefined) {
      for (const use of known.uses) this.uses.again(use);
      return known;
    }
    const inside = { ...site, name: metric.name, uses: new Set<Use>(), knowledge: new Set<Knowledge>() };
    const bare = this.evaluate(metric.expression, inside);
    const value = this.withEmpty(metric, bare, inside);
    const result = { value, uses: [...inside.uses], knowledge: inside.knowledge };
    this.metrics.set(key, result);
    if (!this.names.has(value)) this.names.set(value, metric.name);
    return result;
  }

  /** What a metric is where none of its measures has a row. */
  private withEmpty(metric: Metric, value: Scalar, { uses, knowledge }: Pick<Site, 'uses' | 'knowledge'>): Scalar {
    if (metric.empty === null) return value;
    if (metric.empty === 'null' && uses.size === 0) return constant(value.type, null);
    const bare = metric.empty === 'null' ? withoutZero(value) : null;
    if (bare !== null && isOfWrittenTargets(uses, this.context.model)) return bare;
    if (metric.empty === 'null') return call('case', value.type, this.present(uses), value, nothing);
    return ofKnown(call('case', value.type, this.present(uses), value, constant('integer', '0')), knowledge);
  }

  present(uses: ReadonlySet<Use>): Scalar {
    return some([...uses].map(use => this.uses.presence(use)));
  }

  private evaluate(expression: MetricExpression, site: Site): Scalar {
    if (this.uses.isFull) return nothing;
    switch (expression.kind) {
      case 'literal':
        return ofLiteral(expression);
      case 'measure': {
        const use = this.uses.measure(expression, placeOf(site), site.name, 'value');
        site.uses.add(this.groupsOf(expression, use, site));
        return this.told(storedValue(use, expression), expression, site);
      }
      case 'metric': {
        const metric = own(this.context.model.metrics, expression.name);
        if (metric === undefined) throw new Error(`no metric ${expression.name} in the model`);
        return this.taken(this.named(metric, site), site);
      }
      case 'filtered':
        return this.evaluate(expression.operand, {
          ...site,
          pushed: this.pushes.push(site.pushed, expression.conditions),
        });
      case 'windowed':
        return this.windowed(expression, site);
      case 'nested':
        return this.nested(expression, site);
      case 'total':
        return this.total(expression, site);
      case 'rank':
        return this.taken(this.places.rank(expression, site), site);
      case 'call': {
        const { function: name, type } = expression;
        const knowledge = new Set<Knowledge>();
        const operands = expression.arguments.map(argument => this.evaluate(argument, { ...site, knowledge }));
        for (const each of knowledge) site.knowledge.add(each);
        const value = call(name, type, ...overMissing(name, operands));
        return masksUnknown(name) ? ofKnown(value, knowledge) : value;
      }
      case 'truncate':
        return this.context.clock.bucket(this.evaluate(expression.operand, site), expression.grain, null);
      case 'moment':
        return this.moment(expression.name, site);
      case 'days':
        return byCell(site.times, 'integer', cell => daysConstant(expression, cell, this.context), this.context);
      case 'error':
        throw new Error('an expression with errors was planned');
    }
  }

  /** What stands elsewhere is evaluated once, and stands for itself wherever it is used. */
  private taken({ value, uses, knowledge }: Evaluated, site: Site): Scalar {
    for (const use of uses) site.uses.add(use);
    for (const each of knowledge) site.knowledge.add(each);
    return value;
  }

  /** The measure that says which groups there are: of conversions, all that may convert. */
  private groupsOf(measure: Measure, use: MeasureUse, site: Site): MeasureUse {
    if (measure.followedBy === null) return use;
    return this.uses.measure({ ...measure, followedBy: null }, placeOf(site), `${site.name}_rows`, 'groups');
  }

  /** The value of a measure as it may be told: where it stands on the rows of others, on those of several. */
  private told(value: Scalar, measure: Measure, site: Site): Scalar {
    if (site.standing !== 'benchmark') return value;
    const counts = memberCounts(measure, this.context.benchmark);
    if (counts.length > 0 && tellsRow(measure.aggregate)) this.context.telling.add(measure.aggregate);
    const uses = counts.map(count => this.uses.measure(count, placeOf(site), `${site.name}_members`, 'groups'));
    return this.enough(value, uses, site);
  }

  private enough(value: Scalar, uses: readonly Use[], { knowledge }: Site): Scalar {
    const counts = uses.map(use => column(use.name, 'integer'));
    if (counts.length > 0) knowledge.add(() => areEnough(counts));
    return ofEnough(value, counts);
  }

  /** A moment of the cell's interval. */
  private moment(name: keyof ReturnType<typeof momentScalars>, { times }: Site): Scalar {
    this.demands.push({ times, form: name });
    const { today } = this.context;
    return byCell(times, 'date', cell => momentScalars(cell, asOfBounds(cell, today))[name], this.context);
  }

  /** What is read on other intervals; the window of a goal is left out where it changes none. */
  private windowed({ window, operand }: Windowed, site: Site): Scalar {
    const times = withStep(site.times, { kind: 'window', window });
    if (window.kind === 'frozen') this.frozen.push({ window, times: site.times });
    if (window.kind !== 'goal') return this.evaluate(operand, { ...site, times });
    const goal = own(this.context.model.goals, window.goal);
    if (goal === undefined) throw new Error(`no goal ${window.goal} in the model`);
    if (window.extent === 'whole') this.targets.push({ goal, times: site.times });
    const reach = reachOf({ window, operand }, goal, site.times, this.context);
    if (reach === 'nothing') return constant(operand.type, null);
    return this.evaluate(operand, reach === 'same' ? site : { ...site, times });
  }

  /** The frame of what stands inside a nested aggregate: this one's groups, cut finer. */
  private nested(expression: Nested, site: Site): Scalar {
    const inside = { ...site, knowledge: new Set<Knowledge>() };
    const value = this.nestedOn(expression, inside);
    const { benchmark } = this.context;
    const isAverage = expression.aggregate === 'avg' || expression.aggregate === 'median';
    if (site.standing !== 'own' || !isAverage || membersPer(expression, this.frame.dimensions, benchmark).length === 0)
      return this.taken({ value, uses: [], knowledge: inside.knowledge }, site);
    return this.amongOthers(site, 'benchmark', other => this.nestedOn(expression, other));
  }

  /** What stands on the rows of others beside those of whoever asks; it brings no group. */
  private amongOthers(site: Site, standing: Standing, work: (site: Site) => Scalar): Scalar {
    return this.uses.withoutAsking(() => work({ ...site, uses: new Set(), standing }));
  }

  private nestedOn(expression: Nested, site: Site): Scalar {
    const inner = this.innerOf(expression, site);
    const { plan, uses, standing, told } = inner;
    const key = JSON.stringify([expression.aggregate, expression.arguments, site.pushed.id]);
    const known = uses.get(key);
    const [inside, knowledge] = [new Set<Use>(), new Set(inner.knowledge)];
    const { name, pushed } = site;
    const within = { name, pushed, times: plan.frame.times, uses: inside, knowledge, standing };
    const values = known?.values ?? expression.arguments.map(argument => plan.evaluate(argument, within));
    // Outside the days in which a goal has targets there is nothing to be aggregated.
    if (plan.isEmpty) return isZeroWhenEmpty(expression) ? constant('integer', '0') : constant(expression.type, null);
    const use = known === undefined ? this.uses.other(site.name) : this.uses.again(known.use);
    const made = known ?? { use, expression, values, inside, knowledge };
    if (known === undefined) uses.set(key, made);
    site.uses.add(use);
    const stored = storedValue(use, expression);
    const [isKnown] = made.knowledge.size === 0 ? [] : [() => knownInside(inner, key, site.name, this.uses)];
    if (isKnown !== undefined) site.knowledge.add(isKnown);
    const value = isKnown === undefined ? stored : ofKnown(stored, new Set([isKnown]));
    if (told.length === 0) return value;
    if (tellsRow(expression.aggregate)) this.context.telling.add(expression.aggregate);
    const counts = told.map(name => valuedMembers(inner, key, name, `${site.name}_members`, this.uses));
    return this.enough(value, counts, site);
  }

  private innerOf(expression: Nested, site: Site): InnerFrame<FramePlan> {
    const key = innerKey(expression, site, this.uses.asking);
    const known = this.inner.get(key);
    if (known !== undefined) return known;
    const { dimensions, cuts, members, order } = finerGroups(expression, this.frame);
    const { benchmark, access } = this.context;
    const perMember = site.standing === 'benchmark' ? membersPer(expression, this.frame.dimensions, benchmark) : [];
    const standing = perMember.length > 0 ? 'peers' : site.standing;
    const told = dimensions.filter(each => perMember.some(member => isSameDimension(member, each)));
    const context = site.standing === 'own' ? this.context : { ...this.context, access: access.wider };
    const plan = new FramePlan(context, dimensions, withStep(site.times, ...cuts));
    const everyGrain = expression.per.some(each => each.kind === 'grain' && each.isEvery);
    if (everyGrain) this.demands.push({ times: plan.frame.times, form: 'per every' });
    const inner: InnerFrame<FramePlan> = {
      plan,
      uses: new Map(),
      members,
      everyGrain,
      having: null,
      knowledge: new Set(),
      pushed: site.pushed,
      order,
      standing,
      told: told.map(each => each.name),
    };
    this.inner.set(key, inner);
    const { having } = expression;
    if (having === null) return inner;
    const knowledge = new Set<Knowledge>();
    const { pushed } = site;
    const within = { name: 'having', pushed, times: plan.frame.times, uses: new Set<Use>(), knowledge, standing };
    const condition = plan.uses.withoutAsking(() => plan.evaluate(having, within));
    // A group of which it is not known whether it counts stays, and makes what is made of it unknown.
    const isOpen = knowledge.size === 0 ? [] : [call('not', 'boolean', allKnown(knowledge))];
    const withHaving = { ...inner, having: some([condition, ...isOpen]), knowledge };
    this.inner.set(key, withHaving);
    return withHaving;
  }

  /** The values of an inner frame, aggregated by the keys of this one. */
  private innerFact(inner: InnerFrame<FramePlan>): Fact {
    const { plan, having, order, everyGrain } = inner;
    const all = [...inner.uses.values()];
    const sets = new Set(all.map(({ inside }) => JSON.stringify([...inside].map(use => use.name).sort())));
    const values = all.map(({ inside, ...use }) => ({ ...use, presence: sets.size > 1 ? plan.present(inside) : null }));
    const filling: Filling = {
      spine: null,
      completions: this.membersOf(inner),
      newCuts: everyGrain ? cutsOf(plan.frame.times).slice(cutsOf(this.frame.times).length) : [],
      outer: frameKeys(this.frame).map(key => key.name),
    };
    const source = { groups: plan.groups(filling), frame: plan.frame, names: plan.names, having, order };
    const name = this.context.factNames.of(all[0]?.use.name ?? 'inner');
    return planInnerFact(source, values, this.frame, name);
  }

  /** The same expression in the frame without the dimensions that are taken away, looked up from each cell. */
  private total(expression: Total, site: Site): Scalar {
    const { benchmark, model } = this.context;
    const known = knownDimensions(this.frame.dimensions, expression.operand, model);
    const here = { ...site, knowledge: new Set<Knowledge>() };
    // What lacks a dimension has no groups here, and says the same in all that others have.
    const value = known.length < this.frame.dimensions.length ? nothing : this.evaluate(expression.operand, here);
    const dimensions = keptDimensions(known, expression.scope, model);
    const times = keptSteps(site.times, expression.scope);
    const keyCount = dimensions.length + cutsOf(times).length;
    const isWide = benchmark !== null && isOfOthers(expression.scope, benchmark, model);
    const standing = isWide ? 'benchmark' : site.standing;
    if (keyCount === frameKeys(this.frame).length)
      return standing === site.standing
        ? this.taken({ value, uses: [], knowledge: here.knowledge }, site)
        : this.amongOthers(site, standing, other => this.evaluate(expression.operand, other));
    const key = JSON.stringify([dimensions.map(each => each.name), times.steps]);
    const plan = this.sharedFrame(key) ?? new FramePlan(this.context, dimensions, times);
    this.context.smaller.set(key, plan);
    this.outputsOf(plan);
    const name = `${site.name}_total`;
    const [uses, knowledge] = [new Set<Use>(), new Set<Knowledge>()];
    const inside = { name, pushed: site.pushed, times: plan.frame.times, uses, knowledge, standing };
    const total = this.lookedUp(plan, plan.evaluate(expression.operand, inside), name);
    if (knowledge.size > 0) site.knowledge.add(() => this.knownThere(plan, knowledge, name));
    return total;
  }

  /** Whether what a value of a smaller frame stands on is known; where that has no such cell, nobody is behind it. */
  private knownThere(plan: FramePlan, knowledge: ReadonlySet<Knowledge>, name: string): Scalar {
    const value = allKnown(knowledge);
    const stored = this.output(this.outputsOf(plan), `${name}_known`, value);
    this.lookups.set(stored.name, { plan, value });
    return stored;
  }

  /**
   * A value of a smaller frame, in each cell of this one. Where the smaller frame has no such cell, it is what the value is
   * over no rows; what that looks up in turn is looked up from here.
   */
  private lookedUp(plan: FramePlan, value: Scalar, name: string): Scalar {
    const outputs = this.outputsOf(plan);
    const stored = this.output(outputs, name, value);
    this.lookups.set(stored.name, { plan, value });
    const empty = overNothing(value, read => {
      if (frameKeys(plan.frame).some(key => key.name === read.name)) return read;
      const further = plan.lookups.get(read.name);
      if (further === undefined) return constant(read.type, null);
      return further.value === isFound
        ? this.output(this.outputsOf(further.plan), `${name}_found`, isFound)
        : this.lookedUp(further.plan, further.value, name);
    });
    if (isNothing(empty)) return stored;
    if (withoutZero(value) !== null) return call('coalesce', value.type, stored, empty);
    const isThere = this.output(outputs, `${name}_found`, isFound);
    this.lookups.set(isThere.name, { plan, value: isFound });
    return call('case', value.type, isThere, stored, empty);
  }

  /** A frame that another has made already, unless it stands on this one itself. */
  private sharedFrame(key: string): FramePlan | null {
    const shared = this.context.smaller.get(key);
    return shared === undefined || shared.all.includes(this) ? null : shared;
  }

  private outputsOf(plan: FramePlan): NamedScalar[] {
    const smaller = this.smaller.get(plan) ?? { plan, outputs: [] };
    this.smaller.set(plan, smaller);
    return smaller.outputs;
  }

  /** A value of another frame under a name that is free in this one. */
  private output(outputs: NamedScalar[], name: string, value: Scalar): ColumnScalar {
    const known = outputs.find(each => isAlike(each.value, value));
    const output = known ?? { name: this.uses.freeName(name), value };
    if (known === undefined) outputs.push(output);
    return column(output.name, value.type);
  }
}

/** Marks the cells that a smaller frame has. */
const isFound = constant('boolean', true);

const noFilling: Filling = { spine: null, completions: [], newCuts: [], outer: [] };

interface SmallerFrame {
  readonly plan: FramePlan;
  readonly outputs: NamedScalar[];
}
