/** The server's paths as an OpenAPI 3.1 document, made of the schemas by which requests are read and answers are described. */
import query from '../../../schemas/query.schema.json' with { type: 'json' };
import request from '../../../schemas/request.schema.json' with { type: 'json' };
import responses from '../../../schemas/responses.schema.json' with { type: 'json' };
import scorecardRequest from '../../../schemas/scorecard-request.schema.json' with { type: 'json' };
import { productVersion } from '../../assets.ts';

/** Where each file stands in the document. */
const files = {
  'query.schema.json': 'Query',
  'request.schema.json': 'Request',
  'scorecard-request.schema.json': 'ScorecardRequest',
} as const;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const parameter = (name: string, place: 'path' | 'query', description: string) => ({
  ...{ name, in: place, description },
  required: place === 'path',
  schema: { type: 'string' },
});

const errors = {
  default: { description: 'Why not.', content: { 'application/json': { schema: { $ref: reference('error') } } } },
};

function reference(name: string): string {
  return `#/components/schemas/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function answers(name: string, description: string, more: Json = {}) {
  const content = { 'application/json': { schema: { $ref: reference(name) } }, ...asObject(more) };
  return { responses: { 200: { description, content }, ...errors } };
}

function asObject(json: Json): Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !isList(json) ? json : {};
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

const body = (name: string) => ({
  requestBody: { required: true, content: { 'application/json': { schema: { $ref: reference(name) } } } },
});

const open = { security: [] };

export function openApi(): Json {
  const lines = { 'application/x-ndjson': { schema: { $ref: reference('line') } } };
  const behind = [
    parameter('period', 'query', 'In place of the periods that items name.'),
    parameter('as_of', 'query', 'The day on which it is asked.'),
    parameter('lang', 'query', 'The language of its texts: en or es.'),
  ];
  const shown = answers('scorecard', 'What the role is shown.');
  const card = (parameters: readonly Json[]) => ({
    get: { summary: 'A scorecard', parameters: [...parameters, ...behind], ...shown },
    post: { summary: 'A scorecard', parameters, ...body('scorecardRequest'), ...shown },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sextant',
      version: productVersion(),
      description: 'Answers to questions about metrics, as whoever asks may see them.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    security: [{ token: [] }],
    paths: {
      '/query': {
        post: { summary: 'The answer to a question', ...body('request'), ...answers('answer', 'The answer.', lines) },
      },
      '/scorecard': card([]),
      '/scorecard/{role}': card([parameter('role', 'path', 'The role that it is for.')]),
      '/metrics': { get: { summary: 'What there is to ask', ...answers('catalogue', 'Metrics and dimensions.') } },
      '/explain/{name}': {
        get: {
          summary: 'What a metric is',
          parameters: [parameter('name', 'path', 'A metric.')],
          ...answers('explanation', 'Its definition, and what it stands on.'),
        },
      },
      '/health': { get: { summary: 'Whether the process lives', ...open, ...answers('health', 'It does.') } },
      '/ready': {
        get: {
          summary: 'Whether questions are answered',
          ...open,
          responses: {
            200: {
              description: 'They are.',
              content: { 'application/json': { schema: { $ref: reference('ready') } } },
            },
            503: {
              description: 'They are not.',
              content: { 'application/json': { schema: { $ref: reference('ready') } } },
            },
          },
        },
      },
      '/prometheus': {
        get: {
          summary: 'Figures',
          ...open,
          responses: {
            200: {
              description: 'In the format of Prometheus.',
              content: { 'text/plain': { schema: { type: 'string' } } },
            },
          },
        },
      },
      '/openapi.json': {
        get: {
          summary: 'This document',
          ...open,
          responses: {
            200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
          },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: {
        Query: placed(query, 'Query'),
        Request: placed(request, 'Request'),
        ScorecardRequest: placed(scorecardRequest, 'ScorecardRequest'),
        ...Object.fromEntries(
          Object.entries(responses.$defs).map(([name, schema]) => [
            `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
            placed(schema, null),
          ]),
        ),
      },
    },
  };
}

/** A schema with its references pointing to where things stand in the document; responses stand there one by one. */
function placed(schema: Json, name: string | null): Json {
  if (isList(schema)) return schema.map(each => placed(each, name));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]): (readonly [string, Json])[] => {
    if (key === '$id' || key === '$schema') return [];
    if (key === '$ref' && typeof value === 'string') return [[key, pointed(value, name)]];
    return [[key, placed(value, name)]];
  });
  return Object.fromEntries(entries);
}

function pointed(text: string, name: string | null): string {
  const [file = '', pointer = ''] = text.split('#');
  if (name === null) return reference(pointer.replace('/$defs/', ''));
  const owner = Object.entries(files).find(([each]) => each === file)?.[1] ?? name;
  return `#/components/schemas/${owner}${pointer}`;
}
