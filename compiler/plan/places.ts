/** The places of a frame's groups: `rank` in, columns that are computed over its groups out. Among whom, a benchmark says. */
import type { Uncertainty } from '../diagnostics/index.ts';
import type { MetricExpression, Model, Rank } from '../model.ts';
import type { Benchmark } from '../resolve/index.ts';
import { isMember, type Knowledge, once, rankedAs } from './benchmark.ts';
import { type Column, type Frame, frameKeys } from './frame.ts';
import type { NamedScalar, Scalar } from './plan.ts';
import { isPlaceKnown, type Others, placeAmong, type Ranked } from './ranks.ts';
import { keptDimensions, keptSteps } from './reduce.ts';
import { call, column, every, some } from './scalar.ts';
import type { Evaluated, Site } from './site.ts';
import { cutsOf } from './times.ts';
import type { Use } from './uses.ts';

export interface PlacesContext {
  readonly model: Model;
  /** The rows of others that totals, ranks and averages stand on. */
  readonly benchmark: Benchmark | null;
  /** Why places would not be what they seem. */
  readonly misplaced: Set<Uncertainty>;
}

export class Places {
  readonly columns: NamedScalar[] = [];
  private readonly known = new Map<string, Evaluated>();

  constructor(
    private readonly frame: Frame,
    private readonly context: PlacesContext,
    private readonly evaluate: (expression: MetricExpression, site: Site) => Scalar,
  ) {}

  rank({ operand, scope }: Rank, site: Site): Evaluated {
    const inside = { ...site, uses: new Set<Use>(), knowledge: new Set<Knowledge>() };
    const value = this.evaluate(operand, inside);
    for (const use of inside.uses) site.uses.add(use);
    const key = JSON.stringify([operand, scope, site.pushed.id, site.times.steps, site.standing]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { model, misplaced } = this.context;
    const dimensions = keptDimensions(this.frame.dimensions, scope, model).map(each => each.name);
    const cuts = cutsOf(keptSteps(this.frame.times, scope)).map(cut => cut.key);
    const keys = frameKeys(this.frame).filter(({ name }) => dimensions.includes(name) || cuts.includes(name));
    const ranked = this.ranked(value, inside.uses);
    const others = this.others(operand, keys, { ...site, knowledge: inside.knowledge });
    if (inside.knowledge.size > 0) misplaced.add('unknown');
    const place = this.stored(`${site.name}_rank`, placeAmong(ranked, others, keys));
    const knowledge = new Set<Knowledge>();
    if (others !== null)
      knowledge.add(once(() => this.stored(`${site.name}_rank_known`, isPlaceKnown(ranked, others, keys))));
    const made = { value: place, uses: [], knowledge };
    this.known.set(key, made);
    return made;
  }

  /** The values of the groups of others, where members are ranked; null where everybody is ranked among the own. */
  private others(operand: MetricExpression, keys: readonly Column[], site: Site): Others | null {
    const { benchmark, model, misplaced } = this.context;
    if (site.standing !== 'own' || benchmark === null) return null;
    const { dimensions, times, uses } = this.frame;
    const isRanked = (name: string) => !keys.some(key => key.name === name);
    const ranked = dimensions.filter(({ name }) => isRanked(name));
    const cuts = cutsOf(times).filter(({ key }) => isRanked(key));
    const what = rankedAs(ranked, cuts, benchmark, model);
    if (what === 'neither') misplaced.add('place');
    if (what !== 'members') return null;
    const members = ranked.filter(each => isMember(each, benchmark)).map(({ name, type }) => column(name, type));
    return uses.withoutAsking(() => {
      const inside = { ...site, uses: new Set<Use>(), standing: 'peers' } as const;
      const peers = this.ranked(this.evaluate(operand, inside), inside.uses);
      return { ...peers, isMember: every(members.map(isNotNull)) };
    });
  }

  /** A value in the groups that have it. */
  private ranked(value: Scalar, uses: ReadonlySet<Use>): Ranked {
    const isThere = some([...uses].map(use => this.frame.uses.presence(use)));
    return { value, isPeer: every([isThere, isNotNull(value)]) };
  }

  private stored(wanted: string, value: Scalar): Scalar {
    const name = this.frame.uses.freeName(wanted);
    this.columns.push({ name, value });
    return column(name, value.type);
  }
}

function isNotNull(value: Scalar): Scalar {
  return call('not', 'boolean', call('is_null', 'boolean', value));
}
