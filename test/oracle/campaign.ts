/** Many random worlds put to one engine: how much was answered, what was refused and why, and all that went wrong. */
import fc from 'fast-check';
import type { Diagnostic } from '../../compiler/index.ts';
import { check, type Engine, modelOf, notBuilt, stuck } from './check.ts';
import { generateQuery } from './generate/query.ts';
import { generateWorld } from './generate/world.ts';
import { type Form, forms } from './generate/written.ts';
import type { Shrunk } from './shrink.ts';
import { oracleData } from './warehouse.ts';

export const questionsPerWorld = 8;

export interface Campaign {
  readonly worlds: number;
  readonly seed: number;
  /** Only these forms are written, and each question asks one of them; all where none is named. */
  readonly forms: readonly Form[];
  /** The campaign ends when so many questions went wrong; at most one of each world counts. */
  readonly most: number;
}

/** `seed` is that of its world. */
export interface Failure extends Shrunk {
  readonly seed: number;
}

/** Times by what was counted. */
export type Counts = Readonly<Record<string, number>>;

export interface Report {
  readonly answered: number;
  readonly refused: number;
  /** What could not be asked yet. */
  readonly later: number;
  /** Codes with their messages: of questions, and of the definitions of worlds. */
  readonly questions: Counts;
  readonly definitions: Counts;
  readonly failures: readonly Failure[];
}

/** Asks on several connections at once: while one engine works, another question is made. */
export async function ask(engines: readonly Engine[], campaign: Campaign): Promise<Report> {
  const found = new Found();
  let next = 0;
  const lane = async (engine: Engine) => {
    while (next < campaign.worlds && found.failures.length < campaign.most) {
      const seed = seedOf(campaign.seed, next);
      next += 1;
      await askWorld(engine, seed, campaign.forms, found);
      if (found.failures.some(({ problem }) => problem.class === stuck)) break;
    }
  };
  await Promise.all(engines.map(lane));
  return found.report();
}

/** The first world of a campaign has its seed, so that any world can be asked alone by its own. */
function seedOf(start: number, index: number): number {
  if (index === 0) return start;
  let mixed = Math.imul(start + Math.imul(index, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

class Found {
  answered = 0;
  refused = 0;
  later = 0;
  readonly failures: Failure[] = [];
  private readonly questions = new Map<string, number>();
  private readonly definitions = new Map<string, number>();

  defined(diagnostics: readonly Reason[]): void {
    count(this.definitions, diagnostics);
  }

  refuse(diagnostics: readonly Reason[]): void {
    this.refused += 1;
    if (diagnostics.some(({ code }) => code === notBuilt)) this.later += 1;
    count(this.questions, diagnostics);
  }

  report(): Report {
    const { answered, refused, later, failures } = this;
    const [questions, definitions] = [Object.fromEntries(this.questions), Object.fromEntries(this.definitions)];
    return { answered, refused, later, failures, questions, definitions };
  }
}

/** What is found is made smaller as a question, not as the choices that led to it. */
async function askWorld(engine: Engine, seed: number, wanted: readonly Form[], found: Found): Promise<void> {
  const allowed = wanted.length === 0 ? forms : wanted;
  const property = fc.asyncProperty(fc.gen(), async g => {
    const { world, metrics, shape } = generateWorld(g, allowed);
    const { model, diagnostics } = modelOf(world);
    found.defined(diagnostics);
    const sound = Object.fromEntries(
      Object.entries(metrics).filter(([metric]) => Object.hasOwn(model.metrics, metric)),
    );
    const isAny = Object.values(sound).some(metric => metric.forms.some(form => wanted.includes(form)));
    if (wanted.length > 0 ? !isAny : Object.keys(sound).length === 0) return;
    await engine.warehouse.fill(world);
    const data = oracleData(world);
    for (let index = 0; index < questionsPerWorld; index += 1) {
      const question = { world, query: generateQuery(g, sound, allowed, wanted, shape) };
      const outcome = await check(model, question, data, engine);
      if (outcome.kind === 'agreed') found.answered += 1;
      else if (outcome.kind === 'refused') found.refuse(outcome.diagnostics);
      else {
        found.failures.push({ seed, question, problem: outcome });
        return;
      }
    }
  });
  const run = await fc.check(property, { numRuns: 1, seed, endOnFailure: true });
  if (run.failed) throw new Error(`seed ${seed}`, { cause: run.errorInstance });
}

type Reason = Pick<Diagnostic, 'code' | 'message'>;

function count(counts: Map<string, number>, diagnostics: readonly Reason[]): void {
  for (const { code, message } of diagnostics) {
    const name = `${code} ${message}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
}

/** In one line. */
export function summary({ answered, refused, questions, definitions }: Report): string {
  return `${answered} questions answered, ${refused} refused (${byCode(questions)}); in definitions ${byCode(definitions)}`;
}

function byCode(counts: Counts): string {
  const codes = new Map<string, number>();
  for (const [name, times] of Object.entries(counts)) {
    const [code = ''] = name.split(' ');
    codes.set(code, (codes.get(code) ?? 0) + times);
  }
  const sorted = [...codes].sort((a, b) => b[1] - a[1]).map(([code, times]) => `${code} ${times}`);
  return sorted.length === 0 ? 'nothing' : sorted.join(', ');
}

/** A question that went wrong, with all that it takes to ask it. */
export function told({ question, problem }: Shrunk): string {
  const { definitions, rows } = question.world;
  const { version, name, currency, ...project } = definitions;
  const given = Object.fromEntries(Object.entries(rows).filter(([, each]) => each.length > 0));
  const lines = [question.query, project, given].map(each => JSON.stringify(each));
  return [problem.text, ...lines, problem.sql].join('\n');
}
