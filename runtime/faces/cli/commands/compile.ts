/** `metrics compile`: the SQL of a question, or what an earlier stage makes of it. No warehouse is touched. */
import {
  compile as compileQuery,
  type Dialect,
  dialectNamed,
  dialectNames,
  type Model,
  plan,
  printPlan,
  type Query,
  type Statement,
} from '../../../../compiler/index.ts';
import type { Project } from '../../../index.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import type { QueryOptions } from '../program.ts';
import { loadProject, metricNames, nowOf, queryOf, soundModel, sourcesOf, tell } from '../project.ts';
import type { Terminal } from '../terminal.ts';

type CompileOptions = QueryOptions & { readonly dialect: string; readonly stage: string };

export async function compile(
  metrics: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const dialect = requireDialect(options.dialect);
  const project = loadProject(options, terminal);
  if (options.stage === 'document') {
    terminal.out(`${JSON.stringify(project.documents, null, 2)}\n`);
    return exit.fine;
  }
  const sound = soundModel(project, options, terminal);
  if ('code' in sound) return sound.code;
  if (options.stage === 'model') {
    terminal.out(`${JSON.stringify(sound.model, null, 2)}\n`);
    return exit.fine;
  }
  if (metrics.length > 0) return print(queryOf(metrics, options), sound.model, dialect, project, options, terminal);
  let worst: ExitCode = exit.fine;
  for (const name of metricNames(sound.model)) {
    terminal.out(`-- ${name}\n`);
    const code = print(queryOf([name], options), sound.model, dialect, project, options, terminal);
    terminal.out('\n');
    worst = worst === exit.fine ? code : worst;
  }
  return worst;
}

function print(
  query: Query,
  model: Model,
  dialect: Dialect,
  project: Project,
  options: CompileOptions,
  terminal: Terminal,
): ExitCode {
  const now = nowOf(options, model);
  if (options.stage === 'plan') {
    const planned = plan(model, query, now);
    tell(planned.diagnostics, sourcesOf(project, query), options, terminal);
    if (planned.plan !== null) terminal.out(`${printPlan(planned.plan)}\n`);
    return exitOf(planned.diagnostics);
  }
  const { statement, diagnostics } = compileQuery(model, query, now, dialect);
  tell(diagnostics, sourcesOf(project, query), options, terminal);
  if (statement !== null) terminal.out(sqlText(statement));
  return exitOf(diagnostics);
}

export function requireDialect(name: string): Dialect {
  const dialect = dialectNamed(name);
  if (dialect === null)
    throw new UsageError(
      `there is no dialect \`${name}\` in this version`,
      `the dialects are ${dialectNames.join(', ')}`,
    );
  return dialect;
}

/** The SQL, and below it the values that travel beside it. */
export function sqlText(statement: Statement): string {
  const parameters = statement.parameters.map(({ type, value }, index) => {
    const text = type === 'string' ? `'${String(value).replaceAll("'", "''")}'` : String(value);
    return `-- $${index + 1} = ${text.replace(/[\r\n]+/g, ' ')}\n`;
  });
  return `${statement.sql}\n${parameters.join('')}`;
}
