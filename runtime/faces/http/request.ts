/** What a request to the server asks: its body read and held against its schema, who asks, and until when they listen. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import {
  brokenRequest,
  largeBody,
  otherBody,
  type Query,
  type RequestResult,
  requestSource,
} from '../../../compiler/index.ts';
import { EngineError, Refusal } from '../../index.ts';
import type { Caller } from './access.ts';

/** A question with what comes beside it, as `schemas/request.schema.json` describes it. */
export interface QuestionRequest extends Query {
  readonly as_of?: string;
  readonly model?: { readonly hash: string; readonly metrics?: Readonly<Record<string, string>> };
  readonly sql?: boolean;
}

/** As `schemas/scorecard-request.schema.json` describes it. */
export interface ScorecardRequest {
  readonly period?: string;
  readonly as_of?: string;
  readonly lang?: 'en' | 'es';
  readonly user?: Readonly<Record<string, unknown>>;
}

/** What is known of a request on its way. */
export interface Known {
  readonly id: string;
  /** Aborted when nobody listens any more, or the server ends. */
  readonly signal: AbortSignal;
  caller: Caller | null;
  code: string | null;
  rows: number | null;
}

export interface Bindings {
  Bindings: HttpBindings;
  Variables: { known: Known };
}

export type Handling = Context<Bindings>;

/** The body of a request; throws where it is none of those that are taken. */
export async function bodyOf<T>(c: Handling, kilobytes: number, read: (text: string) => RequestResult<T>): Promise<T> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new EngineError(otherBody(null, {}));
  const text = await textOf(c, kilobytes);
  const { request, diagnostics } = read(text);
  if (request === null) throw new Refusal(diagnostics, [{ path: requestSource, text }]);
  return request;
}

/** Read piece by piece, so that what is too large is not read to its end. */
async function textOf(c: Handling, kilobytes: number): Promise<string> {
  const most = kilobytes * 1024;
  const tooLarge = () => new EngineError(largeBody(null, { limit: `${kilobytes} kB` }));
  if (Number(c.req.header('content-length') ?? '0') > most) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of c.env.incoming.iterator({ destroyOnReturn: false })) {
      size += piece.length;
      if (size > most) break;
      pieces.push(piece);
    }
  } catch {
    throw new EngineError(brokenRequest(null, { detail: 'the request broke off' }));
  }
  if (size > most) throw tooLarge();
  return new TextDecoder().decode(Buffer.concat(pieces));
}
