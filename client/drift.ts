/** Drift: what a client was generated from, and the answers that it gets; where the two differ, which metrics are others by name. */
import type { Body, Drift, Head, Meanings, OnDrift } from './client.d.ts';
import { MetricsError } from './error.ts';

export class DriftWatch {
  private meanings: Meanings | null = null;
  private readonly told = new Set<string>();

  constructor(
    private readonly model: { readonly hash: string; readonly meanings: () => Promise<Meanings> },
    private readonly onDrift: OnDrift,
  ) {}

  /** What is said of the model with a question: its hash, and where that is not enough what the asked metrics mean. */
  knownOf({ metrics }: Body) {
    const { hash } = this.model;
    if (this.meanings === null || !Array.isArray(metrics)) return { hash };
    const known = metrics.flatMap((name: unknown) => {
      const meaning = this.meaning(String(name));
      return meaning === null ? [] : [[name, meaning[0]]];
    });
    return { hash, metrics: Object.fromEntries(known) };
  }

  /** An answer that is not of another model, or one whose drift has been told. Where names are lacking the question is asked again, once. */
  async judged<H extends Head>(answer: H, again: () => Promise<H>): Promise<H> {
    if (answer.meta.model === this.model.hash || this.onDrift === 'ignore') return answer;
    let judged = answer;
    if (this.meanings === null) {
      this.meanings = await this.model.meanings();
      judged = await again();
    }
    const drift = [...(judged.meta.drift ?? []), ...this.otherTypes(judged)];
    const news = drift.filter(({ metric, is }) => !this.told.has(`${metric} ${is}`));
    if (drift.length > 0 && this.onDrift === 'throw') throw new MetricsError('drift', sentence(drift), { help, drift });
    for (const { metric, is } of news) this.told.add(`${metric} ${is}`);
    if (news.length > 0) {
      if (typeof this.onDrift === 'function') this.onDrift(news);
      else console.warn(`${sentence(news)}; ${help}`);
    }
    return judged;
  }

  private meaning(metric: string) {
    const metrics = this.meanings?.metrics ?? {};
    return Object.hasOwn(metrics, metric) ? (metrics[metric] ?? null) : null;
  }

  private otherTypes({ columns }: Head): readonly Drift[] {
    return columns.flatMap(({ name: metric, type, unit }) => {
      const known = this.meaning(metric);
      if (known === null || (known[1] === type && known[2] === unit)) return [];
      return [{ metric, was: worded(known[1], known[2]), is: worded(type, unit) }];
    });
  }
}

const help = 'generate the client again: `metrics generate`';

function worded(type: string, unit: string | null): string {
  return unit === null ? type : `${type} ${unit}`;
}

function sentence(drift: readonly Drift[]): string {
  const changes = drift.map(({ metric, was, is }) => `${metric} (${was}, now ${is ?? 'gone'})`);
  return `metrics have changed since this client was generated: ${changes.join(', ')}`;
}
