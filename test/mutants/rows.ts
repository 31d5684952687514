/**
 * The first look, in a process of its own: with each mutant every case folder is compiled for both dialects and by both
 * strategies; SQL that differs is asked of DuckDB, and its rows are held against those worked out by hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Plan, parseDay, type Query, readDocument } from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import { fetchRows } from '../../runtime/engines/duckdb/connection.ts';
import { csvAnswer } from '../../runtime/faces/cli/format/answer.ts';

type Compiler = typeof import('../../compiler/index.ts');

/** What the process tells of a mutant. */
export interface Look {
  readonly verdict: 'rows' | 'text' | 'alive';
  /** The case, and what was different. */
  readonly by: string;
  /** Whether anything came by it. */
  readonly isReached: boolean;
}

interface Case {
  readonly name: string;
  readonly document: NonNullable<ReturnType<typeof readDocument>['document']>;
  readonly query: Query;
  readonly now: { readonly day: number; readonly hour: number };
  readonly rows: string;
  readonly goldens: Readonly<Record<string, string>>;
  readonly connection: DuckDBConnection;
}

/** What a compiler makes of a case. */
interface Made {
  readonly texts: Readonly<Record<string, string>>;
  readonly asked: readonly { readonly sql: string; readonly plan: Plan; readonly parameters: Parameters }[];
}

type Parameters = ReturnType<Compiler['render']>['parameters'];

const [folder = '', bundle = ''] = process.argv.slice(2);
const state = { active: 0, fuel: 0, reached: new Set<number>() };
Object.assign(globalThis, { sextantMutants: state });
const wrapped = `(require => { const module = { exports: {} }; ${readFileSync(bundle, 'utf8')}\nreturn module.exports; })`;
const script = new vm.Script(wrapped, { filename: bundle });
const requirePackage = createRequire(path.join(folder, 'compiler/index.ts'));

/** The whole compiler anew: a mutant may stand in a constant that is made when its file is read. */
function compilerWith(mutant: number): Compiler {
  state.active = mutant;
  state.fuel = 2_000_000;
  return script.runInThisContext()(requirePackage);
}

async function readCase(name: string): Promise<Case> {
  const read = (file: string) => readFileSync(path.join(folder, 'test/cases', name, file), 'utf8');
  const { document, diagnostics } = readDocument({ path: 'model.yaml', text: read('model.yaml') }, 'project');
  if (document === null) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`);
  const { as_of: asOf, ...query }: Query & { as_of: string } = JSON.parse(read('query.json'));
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run("set timezone = 'UTC'");
  await connection.run(read('data.sql'));
  const goldens = Object.fromEntries(['plan.txt', 'duckdb.sql', 'postgres.sql'].map(file => [file, read(file)]));
  return {
    name,
    document,
    query,
    now: { day: parseDay(asOf) ?? 0, hour: 23 },
    rows: read('rows.csv'),
    goldens,
    connection,
  };
}

function make(compiler: Compiler, { document, query, now }: Case): Made {
  const { model, diagnostics } = compiler.resolve([document]);
  if (diagnostics.length > 0) throw new Error(`refused: ${diagnostics[0]?.code}`);
  const texts: Record<string, string> = {};
  const asked = (['optimised', 'plain'] as const).map(strategy => {
    const { plan, diagnostics: refusals } = compiler.plan(model, query, now, strategy);
    if (plan === null) throw new Error(`refused: ${refusals[0]?.code}`);
    if (strategy === 'optimised') texts['plan.txt'] = `${compiler.printPlan(plan)}\n`;
    const sent = compiler.dialectNames.map(name => {
      const dialect = compiler.dialectNamed(name);
      if (dialect === null) throw new Error(`no dialect ${name}`);
      const { sql, parameters } = compiler.render(plan, dialect);
      const values = parameters.map(({ value }, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`);
      if (strategy === 'optimised') texts[`${name}.sql`] = `${sql}\n${values.join('')}`;
      return { name, sql, parameters };
    });
    const own = sent.find(({ name }) => name === 'duckdb');
    if (own === undefined) throw new Error('no SQL for DuckDB');
    return { sql: own.sql, parameters: own.parameters, plan };
  });
  return { texts, asked };
}

/** Floats to 1e-9, everything else to the letter, as the tests of the cases do. */
async function isRight({ connection, rows }: Case, { sql, plan, parameters }: Made['asked'][number]): Promise<boolean> {
  const answer = decodeAnswer(plan, await fetchRows(connection, sql, parameters, 1000), '', 0);
  const lines = csvAnswer(answer).trimEnd().split('\n');
  const wanted = rows.trimEnd().split('\n');
  if (lines.length !== wanted.length) return false;
  return wanted.every((line, index) => {
    const cells = lines[index]?.split(',') ?? [];
    return line.split(',').every((cell, place) => {
      const found = cells[place] ?? '';
      const isFloat = answer.columns[place]?.type === 'float' && index > 0 && cell !== '' && found !== '';
      if (!isFloat) return found === cell;
      return Math.abs(Number(found) - Number(cell)) <= 1e-9 * Math.max(1, Math.abs(Number(cell)));
    });
  });
}

const folders = readdirSync(path.join(folder, 'test/cases'), { withFileTypes: true });
const cases: Case[] = [];
const sound = new Map<Case, { readonly made: Made; readonly reached: ReadonlySet<number> }>();
const original = compilerWith(0);
const imported = new Set(state.reached);
for (const entry of folders) {
  if (!entry.isDirectory()) continue;
  const each = await readCase(entry.name);
  state.reached.clear();
  const made = make(original, each);
  const reached = new Set(state.reached);
  const moved = Object.entries(each.goldens).find(([file, golden]) => made.texts[file] !== golden);
  const answers = await Promise.all(made.asked.map(sent => isRight(each, sent)));
  if (moved === undefined && answers.every(Boolean)) {
    cases.push(each);
    sound.set(each, { made, reached });
  } else console.error(`${each.name} is left out: it fails without a mutant`);
}

async function look(mutant: number): Promise<Look> {
  const isAtImport = imported.has(mutant);
  const reaching = cases.filter(each => isAtImport || sound.get(each)?.reached.has(mutant) === true);
  if (reaching.length === 0) return { verdict: 'alive', by: '', isReached: false };
  let text: string | null = null;
  let compiler: Compiler;
  try {
    compiler = compilerWith(mutant);
  } catch (error) {
    return { verdict: 'rows', by: `at import: ${error}`, isReached: true };
  }
  for (const each of reaching) {
    const before = sound.get(each)?.made;
    try {
      const made = make(compiler, each);
      const moved = Object.entries(each.goldens).find(([file, golden]) => made.texts[file] !== golden);
      if (moved !== undefined) text ??= `${each.name} ${moved[0]}`;
      for (const [index, sent] of made.asked.entries()) {
        const known = before?.asked[index];
        const isSame =
          known?.sql === sent.sql && JSON.stringify(known.plan.columns) === JSON.stringify(sent.plan.columns);
        if (!isSame && !(await isRight(each, sent)))
          return { verdict: 'rows', by: `${each.name} rows`, isReached: true };
      }
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { verdict: 'rows', by: `${each.name}: ${said.split('\n')[0]?.slice(0, 120)}`, isReached: true };
    }
  }
  return text === null ? { verdict: 'alive', by: '', isReached: true } : { verdict: 'text', by: text, isReached: true };
}

process.on('message', ({ mutant }: { readonly mutant: number }) => {
  look(mutant).then(
    reply => process.send?.(JSON.stringify({ reply })),
    (error: unknown) => process.send?.(JSON.stringify({ error: String(error) })),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
