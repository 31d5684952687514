/**
 * The JSON Schemas as functions. Compiling them takes longer than all else that a small project needs, so the build
 * replaces this file by the code that ajv would make of it (see `scripts/build.mjs`).
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import definitions from '../../schemas/definitions.schema.json' with { type: 'json' };
import project from '../../schemas/project.schema.json' with { type: 'json' };
import query from '../../schemas/query.schema.json' with { type: 'json' };
import request from '../../schemas/request.schema.json' with { type: 'json' };
import scorecardRequest from '../../schemas/scorecard-request.schema.json' with { type: 'json' };

/** What the validators are made with; the build uses the same. */
export const validatorOptions = {
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
};

const ajv = new Ajv2020(validatorOptions);
ajv.addSchema(definitions);

/** The findings of one schema on one plain value. */
export type Validator = (value: unknown) => readonly ErrorObject[];

export const validateDefinitions = asValidator(ajv.getSchema(definitions.$id));
export const validateProject = asValidator(ajv.compile(project));
export const validateQuery = asValidator(ajv.compile(query));
export const validateRequest = asValidator(ajv.compile(request));
export const validateScorecardRequest = asValidator(ajv.compile(scorecardRequest));

function asValidator(validate: ValidateFunction | undefined): Validator {
  if (validate === undefined) throw new Error('a schema is missing');
  return value => (validate(value) ? [] : (validate.errors ?? []));
}
