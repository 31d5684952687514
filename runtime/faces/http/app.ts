/** The paths of the server: requests in, answers out. Who asks is said by the token of a request, never by its body. */
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import {
  hidesNothing,
  internalFault,
  noSuchPath,
  notAllowed,
  otherMethod,
  own,
  type RowsQuery,
  readRequest,
  readScorecardRequest,
  shuttingDown,
} from '../../../compiler/index.ts';
import { answerAsData, EngineError, type ProjectSession, type Question } from '../../index.ts';
import { alertAsData } from '../data/alert.ts';
import { scorecardAsData } from '../data/scorecard.ts';
import { rowsCommand } from '../words/command.ts';
import { languages } from '../words/language.ts';
import { type Access, type Caller, principalOf } from './access.ts';
import { type Fault, fault, faultOf } from './faults.ts';
import type { Figures } from './figures.ts';
import { linesOf } from './lines.ts';
import type { Log } from './log.ts';
import { openApi } from './openapi.ts';
import {
  type Bindings,
  bodyOf,
  type Handling,
  type Known,
  type QuestionRequest,
  type ScorecardRequest,
} from './request.ts';

export interface Serving {
  readonly session: ProjectSession;
  /** By the project as it stands. */
  readonly access: () => Access;
  readonly log: Log;
  readonly figures: Figures;
  readonly bodyKilobytes: number;
  /** Aborted when the server ends, and no more questions are taken. */
  readonly ending: AbortSignal;
  /** Aborted when those that are under way are given up as well. */
  readonly stopping: AbortSignal;
}

/** What each path takes; everything else is a refusal. */
const methods: Readonly<Record<string, readonly string[]>> = {
  '/query': ['POST'],
  '/scorecard': ['GET', 'POST'],
  '/scorecard/:role': ['GET', 'POST'],
  '/metrics': ['GET'],
  '/explain/:name': ['GET'],
  '/health': ['GET'],
  '/ready': ['GET'],
  '/prometheus': ['GET'],
  '/openapi.json': ['GET'],
};

export function makeApp(serving: Serving): Hono<Bindings> {
  const { session, figures, log } = serving;
  const app = new Hono<Bindings>();
  app.use('*', async (c, next) => {
    const began = performance.now();
    const known = knownOf(c, serving);
    c.set('known', known);
    c.header('x-request-id', known.id);
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    await next();
    const route = routeOf(c);
    const { status } = c.res;
    const ms = Math.round((performance.now() - began) * 10) / 10;
    figures.answered({ route, status, seconds: ms / 1000 });
    const { id, caller, code, rows } = known;
    const counted = rows === null ? {} : { rows };
    log.request({ id, method: c.req.method, route, status, ms, role: caller?.role ?? null, code, ...counted });
  });
  app.use(
    '*',
    cors({
      origin: origin => (origins(serving).includes(origin) ? origin : null),
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['x-request-id', 'retry-after'],
      maxAge: 600,
    }),
  );
  app.use('*', async (c, next) => {
    if (serving.ending.aborted) {
      c.header('connection', 'close');
      return answerFault(c, fault([shuttingDown(null, {})]));
    }
    return next();
  });
  app.onError((error, c) => answerFault(c, faultIn(error, c.get('known').id, serving)));

  app.get('/health', c => c.json({ alive: true }));
  app.get('/ready', c => ready(c, session));
  app.get('/prometheus', async c => c.body(await figures.text(), 200, { 'content-type': figures.contentType }));
  app.get('/openapi.json', c => c.json(openApi()));
  app.get('/metrics', async c => {
    const { principal } = await callerOf(c, serving);
    return c.json({ model: session.model, ...(await session.catalogue({ principal })) });
  });
  app.get('/explain/:name', c => explain(c, serving));
  app.post('/query', c => query(c, serving));
  for (const path of ['/scorecard', '/scorecard/:role']) app.on(['GET', 'POST'], path, c => scorecard(c, serving));

  for (const [path, allowed] of Object.entries(methods))
    app.all(path, c => {
      c.header('allow', allowed.join(', '));
      return answerFault(c, fault([otherMethod(null, { path: c.req.path, allowed: allowed.join(' and ') })]));
    });
  app.notFound(c => answerFault(c, fault([noSuchPath(null, { path: c.req.path.slice(0, 200) })])));
  return app;
}

function knownOf({ req, env }: Handling, { stopping }: Serving): Known {
  const given = req.header('x-request-id');
  const over = new AbortController();
  // Not `AbortSignal.any`: in Node 20 what lives as long as the server would remember each request for ever.
  const stop = () => over.abort();
  if (stopping.aborted) stop();
  stopping.addEventListener('abort', stop);
  const { outgoing } = env;
  outgoing.once('close', () => {
    stopping.removeEventListener('abort', stop);
    if (!outgoing.writableFinished) stop();
  });
  return {
    id: given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : randomUUID(),
    signal: over.signal,
    caller: null,
    code: null,
    rows: null,
  };
}

/** The path as it is declared, for figures: there are few of them, whatever is asked for. */
function routeOf({ req }: Handling): string {
  const [first = '', second] = req.path.split('/').slice(1);
  const found = Object.keys(methods).find(path => {
    const [name, parameter] = path.split('/').slice(1);
    return name === first && (parameter === undefined) === (second === undefined);
  });
  return found ?? 'none';
}

function origins({ access }: Serving): readonly string[] {
  return access().serve.origins.map(({ text }) => text);
}

async function callerOf(c: Handling, { access }: Serving): Promise<Caller> {
  const caller = await access().callerOf(c.req.header('authorization'));
  c.get('known').caller = caller;
  return caller;
}

/** A bug is told by a number alone; what happened stands in the log. */
function faultIn(error: unknown, id: string, { log, stopping }: Serving): Fault {
  const found = faultOf(error);
  // What was given up because the server ends is not what whoever asked has given up.
  if (found?.status === 499 && stopping.aborted) return fault([shuttingDown(null, {})]);
  if (found !== null) return found;
  log.bug(error, id);
  return fault([internalFault(null, { id })]);
}

function answerFault(c: Handling, { status, code, body, headers }: Fault): Response {
  c.get('known').code = code;
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  // Nobody reads the answer to a request that was given up; the status is for the log.
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...Object.fromEntries(c.res.headers), 'content-type': 'application/json' },
  });
}

/** A question is answered at once, or line by line where that is what is accepted. */
async function query(c: Handling, serving: Serving): Promise<Response> {
  const { session, figures, log } = serving;
  const known = c.get('known');
  const caller = await callerOf(c, serving);
  const { as, user, model, sql, ...question } = await bodyOf<QuestionRequest>(c, serving.bodyKilobytes, readRequest);
  if (sql === true && !caller.maySeeSql)
    throw new EngineError(notAllowed(null, { what: 'see the SQL', help: 'leave `sql` out' }));
  const principal = principalOf(caller, { as, user });
  const asker = { principal, signal: known.signal };
  const drift =
    model?.metrics === undefined || model.hash === session.model ? [] : session.drift(model.metrics, { principal });
  const drifted = drift.length === 0 ? {} : { drift };
  if (acceptsLines(c)) {
    const shown = sql === true ? { sql: await sqlOf(question, asker, session) } : {};
    const rows = await session.stream(question, asker);
    figures.given('stream');
    const head = { columns: rows.columns, meta: { ...rows.meta, ...drifted }, ...shown };
    const body = linesOf(head, rows, {
      failed: error => faultIn(error, known.id, serving).body,
      ended: count => log.note('stream', { id: known.id, rows: count, whole: rows.end !== null }),
    });
    return c.body(body, 200, { 'content-type': 'application/x-ndjson' });
  }
  const { origin, warnings, statement, ...answer } = await session.query(question, asker);
  figures.given(origin);
  known.rows = answer.rows.length;
  const { columns, rows, meta } = answerAsData(answer);
  const shown = sql === true ? { sql: { text: statement.sql, parameters: statement.parameters } } : {};
  const told = warnings.map(({ code, message, help }) => ({ code, message, help }));
  return c.json({
    columns,
    rows,
    meta: { ...meta, ...drifted },
    ...(told.length === 0 ? {} : { warnings: told }),
    ...shown,
  });
}

function acceptsLines(c: Handling): boolean {
  return /\bapplication\/x-ndjson\b/i.test(c.req.header('accept') ?? '');
}

async function sqlOf(question: Question, asker: Parameters<ProjectSession['compile']>[1], session: ProjectSession) {
  const { statement } = await session.compile(question, asker);
  return { text: statement.sql, parameters: statement.parameters };
}

async function scorecard(c: Handling, serving: Serving): Promise<Response> {
  const { session, bodyKilobytes } = serving;
  const caller = await callerOf(c, serving);
  const asked =
    c.req.method === 'POST' ? await bodyOf<ScorecardRequest>(c, bodyKilobytes, readScorecardRequest) : asParameters(c);
  const role = c.req.param('role') ?? caller.role;
  const { user, period, as_of, lang = 'en' } = asked;
  const as = role === caller.role ? undefined : role;
  const principal = principalOf(caller, { as, user });
  const asker = { principal, signal: c.get('known').signal };
  const reading = await session.scorecard(role, asker, { period, as_of });
  const { metrics } = session.project.model;
  const shown = { metrics, now: reading.now, language: lang, project: null };
  const alerts = reading.alerts.map(result => alertAsData(result, shown));
  const shownTo = { reading, language: lang, user: principal.user ?? {} };
  const commandOf = (question: RowsQuery) => rowsCommand(question, reading.now, null);
  return c.json(scorecardAsData({ ...shownTo, rowsCommand: commandOf }, alerts));
}

/** What `GET` says behind its question mark. */
function asParameters(c: Handling): ScorecardRequest {
  const { period, as_of, lang } = c.req.query();
  const language = languages.find(each => each === lang);
  return {
    ...(period === undefined ? {} : { period }),
    ...(as_of === undefined ? {} : { as_of }),
    ...(language === undefined ? {} : { lang: language }),
  };
}

async function explain(c: Handling, serving: Serving): Promise<Response> {
  const { session } = serving;
  const caller = await callerOf(c, serving);
  const name = c.req.param('name') ?? '';
  const { principal } = caller;
  const about = await session.explain(name, { principal }).catch((error: unknown) => {
    const found = faultOf(error);
    if (found === null) throw error;
    return { ...found, status: 404 as const };
  });
  if ('body' in about) return answerFault(c, about);
  const role = own(session.project.model.roles, caller.role);
  const isShown = caller.maySeeSql && role !== undefined && hidesNothing(role.hides);
  const sql = isShown ? await sqlOf({ metrics: [name] }, { principal }, session).catch(refusedAsNull) : null;
  return c.json({ model: session.model, ...about, ...(isShown ? { sql } : {}) });
}

/** A metric that needs a period has no SQL by itself. */
function refusedAsNull(error: unknown): null {
  if (faultOf(error) === null) throw error;
  return null;
}

async function ready(c: Handling, session: ProjectSession): Promise<Response> {
  const { model, problem } = session;
  const stale = problem === null ? {} : { problem: problem.code };
  try {
    await session.reach({ signal: c.get('known').signal });
    return c.json({ ready: true, model, ...stale });
  } catch (error) {
    const found = faultOf(error);
    if (found === null) throw error;
    c.get('known').code = found.code;
    return c.json({ ready: false, model, warehouse: found.code, ...stale }, 503);
  }
}
