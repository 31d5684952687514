/** Why: a question about a change to a project and its warehouse in, the account of it out. */
import {
  accountOf,
  type ChangeAccount,
  type ChangeQuestion,
  type ChangeRows,
  type Compiled,
  changeQuestion,
  compile,
  type Diagnostic,
  type Dialect,
  type Fraction,
  hasErrors,
  type Model,
  type Now,
  type Query,
  tooManyGroups,
} from '../compiler/index.ts';
import type { Answer } from './answer.ts';
import type { Engine, ExecuteOptions } from './engine.ts';
import { runCompiled } from './run.ts';

export interface WhyCompiled extends Compiled {
  /** Null when the question was refused; then an error says why. */
  readonly question: ChangeQuestion | null;
}

/** The question as a query, which says what is wrong with it, and what will be asked in its place. */
export function compileWhy(model: Model, query: Query, now: Now, dialect: Dialect): WhyCompiled {
  const reading = changeQuestion(model, query, now);
  if (reading.kind === 'refused')
    return { plan: null, statement: null, diagnostics: [reading.diagnostic], question: null };
  const compiled = compile(model, query, now, dialect);
  return { ...compiled, question: reading.kind === 'question' ? reading.question : null };
}

export interface WhyResult {
  readonly account: ChangeAccount | null;
  /** What was asked last, for findings that point into it. */
  readonly query: Query;
  readonly diagnostics: readonly Diagnostic[];
  readonly model: string;
  /** The day as of which was asked. */
  readonly as_of: string;
  readonly sql_ms: number;
}

export interface WhyOptions extends Partial<ExecuteOptions> {
  readonly now: Now;
  /** What every group is held against, in place of what it was before. */
  readonly threshold: Fraction | null;
  /** The hash of the definitions. */
  readonly hash: string;
}

/** A query for the whole, one for each dimension, and one for when data begins; one after the other. */
export async function why(engine: Engine, question: ChangeQuestion, options: WhyOptions): Promise<WhyResult> {
  const asker = new Asker(engine, question, options);
  const totals = await asker.ask(question.totals);
  const beginnings = question.beginnings === null ? null : await asker.askIfPossible(question.beginnings);
  const splits: Answer[] = [];
  for (const { dimension, query } of question.splits) {
    const answer = await asker.ask(query);
    if (answer?.meta.truncated === true) asker.keep(tooManyGroups(null, { dimension, limit: answer.rows.length }));
    if (answer !== null) splits.push(answer);
  }
  if (totals === null || asker.isRefused) return asker.result(null, totals);
  const account = accountOf(
    question,
    { totals: rowsOf(totals), beginnings: beginnings && rowsOf(beginnings), splits: splits.map(rowsOf) },
    options.threshold,
  );
  if (!('code' in account)) return asker.result(account, totals);
  asker.keep(account);
  return asker.result(null, totals);
}

/** Asks until something is refused, and keeps what was found. */
class Asker {
  private last: Query;
  private readonly found = new Map<string, Diagnostic>();
  private milliseconds = 0;

  constructor(
    private readonly engine: Engine,
    private readonly question: ChangeQuestion,
    private readonly options: WhyOptions,
  ) {
    this.last = question.totals;
  }

  get isRefused(): boolean {
    return hasErrors([...this.found.values()]);
  }

  async ask(query: Query): Promise<Answer | null> {
    if (this.isRefused) return null;
    this.last = query;
    return this.run(this.compile(query));
  }

  /** Null where it cannot be said. */
  async askIfPossible(query: Query): Promise<Answer | null> {
    const compiled = this.compile(query);
    return this.isRefused || compiled.statement === null ? null : this.run(compiled);
  }

  keep(diagnostic: Diagnostic): void {
    this.found.set(JSON.stringify(diagnostic), diagnostic);
  }

  result(account: ChangeAccount | null, totals: Answer | null): WhyResult {
    return {
      account,
      query: this.last,
      diagnostics: [...this.found.values()],
      model: this.options.hash,
      as_of: totals?.meta.as_of ?? '',
      sql_ms: Math.round(this.milliseconds * 10) / 10,
    };
  }

  private compile(query: Query): Compiled {
    return compile(this.question.model, query, this.options.now, this.engine.dialect);
  }

  private async run(compiled: Compiled): Promise<Answer | null> {
    const { engine, question, options } = this;
    const { answer, diagnostics } = await runCompiled(question.model, engine, compiled, options.hash, options);
    for (const diagnostic of diagnostics) this.keep(diagnostic);
    this.milliseconds += answer?.meta.sql_ms ?? 0;
    return answer;
  }
}

function rowsOf({ columns, rows }: Answer): ChangeRows {
  return { types: columns.map(column => column.type), rows };
}
