/**
 * A sound project held against its warehouse: tables, columns and types first, then keys, values, versions and joins, query by
 * query. Rows are counted where they are; only a few keys at fault are fetched.
 */
import {
  type Check,
  type Counts,
  checksOf,
  type Diagnostic,
  deadlinePassed,
  type Fault,
  faultFinding,
  faultsOf,
  hasErrors,
  keylessFinding,
  mayBeShown,
  type Now,
  own,
  type Plan,
  planCheck,
  planSamples,
  type Sample,
  write,
} from '../compiler/index.ts';
import { decodeAnswer, type Value } from './answer.ts';
import { type Engine, EngineError } from './engine.ts';
import type { SoundProject } from './project.ts';
import { projectHash } from './run.ts';

export interface ProbeOptions {
  readonly signal: AbortSignal;
  /** For all of it together. */
  readonly timeoutMs: number;
  readonly now: Now;
  /** Called before each query: how many are done, of how many, and what the next is about. */
  readonly progress: (done: number, all: number, about: string) => void;
}

/** What is not as it is declared. What stops the probe, such as a deadline, is the last of the findings. */
export async function probeWarehouse(
  project: SoundProject,
  engine: Engine,
  options: ProbeOptions,
): Promise<readonly Diagnostic[]> {
  const probe = new Probe(project, engine, options);
  try {
    await probe.run();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const isLate = error.diagnostic.code === deadlinePassed.code;
    probe.findings.push(isLate ? deadlinePassed(null, { seconds: options.timeoutMs / 1000 }) : error.diagnostic);
  }
  return probe.findings;
}

class Probe {
  readonly findings: Diagnostic[] = [];
  private readonly deadline: number;
  /** Tables that are not as they are declared, so that nothing can be asked of them. */
  private readonly unread = new Set<string>();
  private readonly rowsOf = new Map<string, number>();

  constructor(
    private readonly project: SoundProject,
    private readonly engine: Engine,
    private readonly options: ProbeOptions,
  ) {
    this.deadline = performance.now() + options.timeoutMs;
  }

  async run(): Promise<void> {
    const { progress } = this.options;
    const checks = checksOf(this.project.model);
    const tables = checks.filter(({ kind }) => kind === 'table');
    const all = tables.length + checks.length;
    let done = 0;
    for (const check of tables) {
      progress(done, all, check.table);
      await this.look(check);
      done += 1;
    }
    for (const check of checks) {
      progress(done, all, check.kind === 'join' ? `${check.table}.${check.join}` : check.table);
      if (!this.tablesOf(check).some(table => this.unread.has(table))) await this.hold(check);
      done += 1;
    }
  }

  private tablesOf(check: Check): readonly string[] {
    const { model } = this.project;
    if (check.kind !== 'join') return [check.table];
    return planCheck(model, check, this.options.now).reads.map(({ table }) => table);
  }

  /** Whether the table, all its columns and their types are there. */
  private async look(check: Check): Promise<void> {
    const { model } = this.project;
    const table = own(model.tables, check.table);
    const { statement, diagnostics } = write(
      { plan: planCheck(model, check, this.options.now), diagnostics: [] },
      model,
      this.engine.dialect,
    );
    const columns = Object.values(table?.columns ?? {}).flatMap(({ name, source }) =>
      source.kind === 'stored' ? [name] : [],
    );
    const found =
      statement === null
        ? diagnostics
        : await this.engine.check({ ...statement, reads: [{ table: check.table, columns }] }, model, this.limits());
    this.findings.push(...found);
    if (hasErrors(found)) this.unread.add(check.table);
  }

  private async hold(check: Check): Promise<void> {
    const { model, documents } = this.project;
    const plan = planCheck(model, check, this.options.now);
    const [row = []] = await this.ask(plan);
    const counts: Counts = Object.fromEntries(plan.columns.map(({ name }, index) => [name, Number(row[index] ?? 0)]));
    if (check.kind === 'table') {
      this.rowsOf.set(check.table, counts.rows ?? 0);
      this.findings.push(...keylessFinding(check.table, counts, model, documents));
    }
    for (const fault of faultsOf(check, counts, model)) {
      const samples = await this.samples(fault);
      const all = this.rowsOf.get(check.table) ?? 0;
      this.findings.push(faultFinding(fault, { counts, all, samples }, model, documents));
    }
  }

  private async samples(fault: Fault): Promise<readonly Sample[]> {
    if (!mayBeShown(fault, this.project.model)) return [];
    const rows = await this.ask(planSamples(this.project.model, fault, this.options.now));
    return rows.map(row => ({ text: row.slice(0, -1).map(String).join(', '), rows: Number(row.at(-1) ?? 0) }));
  }

  private async ask(plan: Plan): Promise<readonly (readonly Value[])[]> {
    const { model } = this.project;
    const { statement, diagnostics } = write({ plan, diagnostics: [] }, model, this.engine.dialect);
    if (statement === null) {
      this.findings.push(...diagnostics);
      return [];
    }
    const raw = await this.engine.execute(statement, { ...this.limits(), maxRows: 100 });
    return decodeAnswer(plan, raw, projectHash(this.project), 0).rows;
  }

  private limits() {
    return { signal: this.options.signal, timeoutMs: Math.max(1, this.deadline - performance.now()) };
  }
}
