/** What a goal is, as names and bare facts, and where definitions stand: whoever explains them, in a terminal or on a page, tells the same. */
import { type Goal, goalParts, type Model, own, positionAt, type Source, type Span } from '../../../compiler/index.ts';

export interface AboutGoal {
  /** As it is written, where it is a formula or one number; null where targets stand by period or group. */
  readonly target: string | null;
  /** Of a metric that is good within a band there is no share of what is expected. */
  readonly hasShares: boolean;
  /** The metrics that it gives. */
  readonly gives: readonly string[];
}

export function aboutGoal({ name, metric }: Goal, metrics: Model['metrics']): AboutGoal {
  const good = own(metrics, metric)?.good ?? null;
  return {
    target: own(metrics, `${name}.target`)?.formula.trim() ?? null,
    hasShares: good === null || typeof good === 'string',
    gives: goalParts.map(part => `${name}.${part}`).filter(each => own(metrics, each) !== undefined),
  };
}

export interface Place {
  readonly file: string;
  /** From 1; null where the file is not at hand. */
  readonly line: number | null;
}

export function placeOf(at: Span, sources: readonly Source[]): Place {
  const source = sources.find(each => each.path === at.file);
  return { file: at.file, line: source === undefined ? null : positionAt(source.text, at.start).line };
}

/** `metrics/sales.yaml:12`. */
export function placeText({ file, line }: Place): string {
  return line === null ? file : `${file}:${line}`;
}
