/** `metrics compile`: the SQL of a question, or what an earlier stage makes of it. No warehouse is touched. */
import { compile as compileQuery, type Dialect, printPlan, type Query } from '../../../../compiler/index.ts';
import { readProject } from '../../../index.ts';
import { sqlText } from '../../words/sql.ts';
import { type ExitCode, exit, exitOf } from '../exit.ts';
import { requireDialect } from '../format/dialect.ts';
import type { QueryOptions } from '../options.ts';
import { compileFor, nowOf, projectFolder, queryOf, sourcesOf, tell, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

type CompileOptions = QueryOptions & { readonly dialect: string; readonly stage: string };

export async function compile(
  metrics: readonly string[],
  options: CompileOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const dialect = requireDialect(options.dialect);
  if (metrics.length > 0 && (options.stage === 'plan' || options.stage === 'sql')) {
    return print(queryOf(metrics, options), dialect, options, terminal);
  }
  const folder = projectFolder(options, terminal);
  if (options.stage === 'document') {
    terminal.out(`${JSON.stringify(readProject(folder).documents, null, 2)}\n`);
    return exit.fine;
  }
  const project = wholeProject(folder, options, terminal);
  if (typeof project === 'number') return project;
  if (options.stage === 'model') {
    terminal.out(`${JSON.stringify(project.model, null, 2)}\n`);
    return exit.fine;
  }
  let worst: ExitCode = exit.fine;
  for (const { name, tables } of Object.values(project.model.metrics)) {
    terminal.out(`-- ${name}\n`);
    if (tables.length === 0) {
      terminal.out('-- a constant: it is asked beside metrics that have rows\n\n');
      continue;
    }
    const code = print(queryOf([name], options), dialect, options, terminal);
    terminal.out('\n');
    worst = worst === exit.fine ? code : worst;
  }
  return worst;
}

function print(query: Query, dialect: Dialect, options: CompileOptions, terminal: Terminal): ExitCode {
  const asked = compileFor(query, options, terminal, ({ model }) =>
    compileQuery(model, query, nowOf(options, model), dialect),
  );
  if (typeof asked === 'number') return asked;
  const { plan, statement, diagnostics } = asked.compiled;
  tell(diagnostics, sourcesOf(asked.project, query), options, terminal);
  if (plan !== null && statement !== null)
    terminal.out(options.stage === 'plan' ? `${printPlan(plan)}\n` : sqlText(statement));
  return exitOf(diagnostics);
}
