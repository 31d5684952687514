/** `metrics why`: what moved a number, split by groups, held against members and seasons. */
import { type Diagnostic, type Fraction, parseFraction, type Query } from '../../../../compiler/index.ts';
import {
  why as ask,
  compileWhy,
  defaultTimeoutMs,
  EngineError,
  openWarehouse,
  projectHash,
  type WhyResult,
} from '../../../index.ts';
import { type ExitCode, exitOf, UsageError } from '../exit.ts';
import { whyText } from '../format/why.ts';
import { whyJson } from '../format/why-json.ts';
import type { WhyOptions } from '../options.ts';
import { compileFor, nowOf, queryOf, sourcesOf, tell } from '../project.ts';
import { painter, type Terminal } from '../terminal.ts';
import { compileForProfile } from './query.ts';

const shownGroups = 10;

export async function why(metric: string, options: WhyOptions, terminal: Terminal): Promise<ExitCode> {
  const { compare: [comparison = 'prior_period', ...others] = [], limit = shownGroups } = options;
  if (others.length > 0)
    throw new UsageError('a change is from one period to another', 'name one comparison: `--compare prior_quarter`');
  const threshold = thresholdOf(options);
  const query: Query = { ...queryOf([metric], options), compare: [comparison], limit: undefined };
  const compiled = compileFor(query, options, terminal, project =>
    compileForProfile(project, options, (model, dialect) => compileWhy(model, query, nowOf(options, model), dialect)),
  );
  if (typeof compiled === 'number') return compiled;
  const { project } = compiled;
  const { profile, diagnostics, statement } = compiled.compiled;
  const told = (findings: readonly Diagnostic[], about: Query) => {
    tell(findings, sourcesOf(project, about), options, terminal);
    return exitOf(findings);
  };
  const question = 'question' in compiled.compiled ? compiled.compiled.question : null;
  if (statement === null || profile === null || question === null) return told(diagnostics, query);
  try {
    const engine = await openWarehouse(profile);
    try {
      const timeoutMs = (options.timeout ?? defaultTimeoutMs / 1000) * 1000;
      const limits = { signal: terminal.signal, timeoutMs };
      const now = nowOf(options, project.model);
      const result = await ask(engine, question, { ...limits, now, threshold, hash: projectHash(project) });
      const code = told(result.diagnostics, result.query);
      terminal.out(written(result, { comparison, limit }, options, terminal));
      return code;
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (error instanceof EngineError) return told([error.diagnostic], query);
    throw error;
  }
}

function written(
  result: WhyResult,
  { comparison, limit }: { readonly comparison: string; readonly limit: number },
  options: WhyOptions,
  terminal: Terminal,
): string {
  const { account } = result;
  if (account === null) return '';
  if (options.format === 'json') return whyJson(account, comparison, result);
  return whyText(account, { comparison, limit, as_of: result.as_of }, painter(options.color, 'out', terminal));
}

/** `0.7`, or `70%` for the same. */
function thresholdOf({ threshold: text }: WhyOptions): Fraction | null {
  if (text === undefined) return null;
  const [, digits = '', percent = ''] = /^(.*?)\s*(%?)$/.exec(text) ?? [];
  const number = parseFraction(percent === '' ? digits : `${digits}e-2`);
  if (number === null) throw new UsageError(`\`--threshold ${text}\` is no number`, 'write `--threshold 0.7` or `70%`');
  return number;
}
