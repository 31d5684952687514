/** Requests: the text of a body in, what it asks out; or what is wrong with it, at the very key or value. */
import { type Diagnostic, hasErrors, notJson } from '../diagnostics/index.ts';
import { checkShape } from './shape.ts';
import { type Validator, validateRequest, validateScorecardRequest } from './validator.ts';
import { readYaml } from './yaml.ts';

/** The name by which findings point into a body. */
export const requestSource = 'request';

export interface RequestResult<T> {
  readonly request: T | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A question with what comes beside it, as `schemas/request.schema.json` describes it. */
export function readRequest<T>(text: string): RequestResult<T> {
  return read(text, validateRequest);
}

/** As `schemas/scorecard-request.schema.json` describes it. */
export function readScorecardRequest<T>(text: string): RequestResult<T> {
  return read(text, validateScorecardRequest);
}

function read<T>(text: string, validator: Validator): RequestResult<T> {
  const diagnostics: Diagnostic[] = [];
  try {
    const request: T = JSON.parse(text);
    if (validator(request).length === 0) return { request, diagnostics };
  } catch (error) {
    const detail = error instanceof SyntaxError ? error.message.replace(/[\r\n]+/g, ' ') : 'it is nested too deeply';
    return { request: null, diagnostics: [notJson(null, { detail })] };
  }
  // Places are known of YAML, of which JSON is a part.
  const root = readYaml({ path: requestSource, text }, diagnostic => diagnostics.push(diagnostic));
  if (root !== null) checkShape(root, requestSource, validator, diagnostic => diagnostics.push(diagnostic));
  const fallback = notJson(null, { detail: 'it has not the shape of a question' });
  return { request: null, diagnostics: hasErrors(diagnostics) ? diagnostics : [fallback] };
}
