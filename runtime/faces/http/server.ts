/** The server: a session in; a port that is listened on out, until it is told to end. */
import { createServer, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { brokenRequest, type Span } from '../../../compiler/index.ts';
import { EngineError, longestTimerMs, type ProjectSession } from '../../index.ts';
import { type Access, openAccess } from './access.ts';
import { makeApp } from './app.ts';
import { fault } from './faults.ts';
import { openFigures } from './figures.ts';
import { type Log, openLog } from './log.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Takes the lines of the log. */
  readonly log: (line: string) => void;
  /** How long a request may take to arrive. */
  readonly receiveMs?: number;
  /** How long questions that are under way may take when the server ends. */
  readonly endMs?: number;
}

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Takes no more questions, lets those that are under way end, and gives them up when they take too long. */
  readonly close: () => Promise<void>;
}

const defaultReceiveMs = 15_000;
const defaultEndMs = 10_000;
const defaultBodyKilobytes = 256;
const defaultConnections = 1000;

/** Throws an `EngineError` where what the project says about serving cannot be used. */
export async function startServer(session: ProjectSession, options: ServerOptions): Promise<RunningServer> {
  const log = openLog(options.log);
  const access = liveAccess(session, log);
  const { limits } = access().serve;
  const ending = new AbortController();
  const stopping = new AbortController();
  const app = makeApp({
    session,
    access,
    log,
    figures: openFigures(session),
    bodyKilobytes: limits.body_kilobytes ?? defaultBodyKilobytes,
    ending: ending.signal,
    stopping: stopping.signal,
  });
  const receiveMs = options.receiveMs ?? defaultReceiveMs;
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    createServer,
    serverOptions: {
      requestTimeout: receiveMs,
      headersTimeout: receiveMs,
      connectionsCheckingInterval: Math.min(1000, receiveMs),
      maxHeaderSize: 16 * 1024,
    },
  });
  if (!(server instanceof Server)) throw new Error('the server is not of HTTP/1.1');
  server.maxConnections = limits.connections ?? defaultConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => answerBroken(error, socket));
  // Whoever takes an answer too slowly holds a connection no longer than the longest question may take.
  const longestMs = Math.min(session.limits.timeoutMs + receiveMs, longestTimerMs);
  server.on('request', (_, response) => {
    const late = setTimeout(() => response.destroy(), longestMs);
    late.unref();
    response.once('close', () => clearTimeout(late));
  });
  const { port } = await listen(server, options);
  log.note('listening', { host: options.host, port, model: session.model });
  return {
    host: options.host,
    port,
    close: async () => {
      ending.abort();
      const ended = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => {
        stopping.abort();
        setTimeout(() => server.closeAllConnections(), 500).unref();
      }, options.endMs ?? defaultEndMs);
      await ended;
      clearTimeout(late);
      log.note('ended');
    },
  };
}

/** Who may ask, by the project as it stands; where what it says now cannot be used, by the last that could. */
function liveAccess(session: ProjectSession, log: Log): () => Access {
  let project = session.project;
  let access = openAccess(project);
  return () => {
    if (session.project === project) return access;
    project = session.project;
    try {
      access = openAccess(project);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { code, message, span } = error.diagnostic;
      log.note('serve: is not used as it stands', { code, message, at: placeOf(span) });
    }
    return access;
  };
}

function placeOf(span: Span | null): string | null {
  return span?.file ?? null;
}

async function listen(server: Server, { host, port }: ServerOptions): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}

/** What is no request of HTTP, or does not arrive, is answered by the bare connection. */
function answerBroken({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [line, detail] =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? (['408 Request Timeout', 'the request did not arrive in time'] as const)
      : code === 'HPE_HEADER_OVERFLOW'
        ? (['431 Request Header Fields Too Large', 'the head of the request is too large'] as const)
        : (['400 Bad Request', 'the request is none of HTTP'] as const);
  const body = JSON.stringify(fault([brokenRequest(null, { detail })]).body);
  const head = `HTTP/1.1 ${line}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  socket.end(`${head}\r\n\r\n${body}`);
}
