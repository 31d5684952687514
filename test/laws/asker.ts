/** Questions to an engine, as the laws ask them: an answer, a refusal, or a law that is broken; with all that was asked. */
import {
  type Freeze,
  hasErrors,
  type Model,
  plan,
  type Query,
  readDocument,
  render,
  resolve,
  type Statement,
  type Strategy,
} from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import type { Answer } from '../../runtime/index.ts';
import { type Engine, now, refusals } from '../oracle/check.ts';
import type { GeneratedWorld } from '../oracle/generate/world.ts';

/** A question that has no answer, so that nothing is claimed about it. */
export class Refused extends Error {
  constructor(readonly codes: readonly string[]) {
    super(`refused: ${codes.join(', ')}`);
  }
}

export class Broken extends Error {}

export type Definitions = GeneratedWorld['definitions'];

/** A project in one file or in several, as the YAML that JSON is; of the wanted metrics alone where any are named. */
export function modelOfFiles(
  files: readonly Definitions[],
  wanted?: readonly string[],
  freezes: readonly Freeze[] = [],
): ReturnType<typeof resolve> {
  const documents = files.map((file, index) => {
    const kind = Object.hasOwn(file, 'name') ? 'project' : 'definitions';
    const read = readDocument({ path: `${kind}_${index}.yaml`, text: JSON.stringify(file) }, kind);
    if (read.document === null || hasErrors(read.diagnostics))
      throw new Broken(`the definitions cannot be read: ${JSON.stringify(read.diagnostics)}`);
    return read.document;
  });
  return resolve(documents, { wanted, freezes });
}

export class Asker {
  /** What was asked, and the SQL of it. */
  readonly asked: string[] = [];
  /** What may be refused with beside what any question may. */
  alsoRefused: readonly string[] = [];
  private filled: GeneratedWorld;

  constructor(
    readonly engine: Engine,
    readonly world: GeneratedWorld,
  ) {
    this.filled = world;
  }

  /** Other rows than the world's stand in the warehouse. */
  get isDirty(): boolean {
    return this.filled !== this.world;
  }

  async fill(world: GeneratedWorld): Promise<void> {
    this.filled = world;
    await this.engine.warehouse.fill(world);
  }

  /** Throws `Refused` where the question is one that may be refused. */
  async ask(model: Model, query: Query, strategy: Strategy = 'optimised'): Promise<Answer> {
    const { statement, decode } = this.compile(model, query, strategy);
    const { warehouse } = this.engine;
    const raw = await warehouse.ask(statement).catch((error: unknown) => {
      throw new Broken(`the engine says ${String(error)}`);
    });
    return decode(raw);
  }

  /** A question that has an answer because one like it has. */
  async askAlso(model: Model, query: Query, strategy: Strategy = 'optimised'): Promise<Answer> {
    try {
      return await this.ask(model, query, strategy);
    } catch (error) {
      if (error instanceof Refused) throw new Broken(`answered before, and here ${error.message}`);
      throw error;
    }
  }

  compile(
    model: Model,
    query: Query,
    strategy: Strategy = 'optimised',
  ): { readonly statement: Statement; readonly decode: (raw: Parameters<typeof decodeAnswer>[1]) => Answer } {
    const { plan: made, diagnostics } = plan(model, query, now, strategy);
    const asked = `-- ${strategy} ${JSON.stringify(query)}`;
    if (made === null) {
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      this.asked.push(`${asked}\n-- refused: ${errors.map(({ code, message }) => `${code} ${message}`).join('; ')}`);
      const codes = errors.map(({ code }) => code);
      if (codes.length > 0 && codes.every(code => refusals.includes(code) || this.alsoRefused.includes(code)))
        throw new Refused(codes);
      throw new Broken(`refused: ${JSON.stringify(errors)}`);
    }
    const statement = render(made, this.engine.dialect);
    this.asked.push(`${asked}\n${statement.sql}\n-- ${JSON.stringify(statement.parameters)}`);
    return { statement, decode: raw => decodeAnswer(made, raw, '', 0) };
  }
}
