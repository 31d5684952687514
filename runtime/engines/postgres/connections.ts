/** Connections to a server: opened when they are needed, kept for a while, and cut when nobody waits for them any more. */
import { Client, type ClientConfig } from 'pg';
import { Turnstile } from '../../engine.ts';

/** Queries that run at once, each on a connection of its own; others wait their turn. */
const atOnce = 4;
const idleMs = 10_000;
/** How long a server has to let us in. */
const connectMs = 10_000;

interface Idle {
  readonly client: Client;
  readonly timer: NodeJS.Timeout;
}

export class Connections {
  readonly turnstile = new Turnstile(atOnce);
  private readonly idle: Idle[] = [];
  private isClosed = false;

  constructor(private readonly config: ClientConfig) {}

  /** One that was used before, or a new one; the signal ends the attempt. */
  async open(signal: AbortSignal): Promise<Client> {
    const known = this.idle.pop();
    if (known !== undefined) {
      clearTimeout(known.timer);
      return known.client;
    }
    const client = new Client({ ...this.config, connectionTimeoutMillis: connectMs });
    const give = () => cut(client);
    signal.addEventListener('abort', give, { once: true });
    // One that is lost while nobody uses it is no news, and what happens in a query is told by the query.
    client.on('error', () => this.forget(client));
    try {
      if (signal.aborted) throw new Error('stopped');
      await client.connect();
      return client;
    } catch (error) {
      cut(client);
      throw error;
    } finally {
      signal.removeEventListener('abort', give);
    }
  }

  /** Takes back a connection on which no query runs and no transaction is open. */
  keep(client: Client): void {
    if (this.isClosed) {
      void end(client);
      return;
    }
    const timer = setTimeout(() => {
      this.forget(client);
      void end(client);
    }, idleMs);
    timer.unref();
    this.idle.push({ client, timer });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(
      this.idle.splice(0).map(({ client, timer }) => {
        clearTimeout(timer);
        return end(client);
      }),
    );
  }

  private forget(client: Client): void {
    const index = this.idle.findIndex(each => each.client === client);
    if (index < 0) return;
    clearTimeout(this.idle[index]?.timer);
    this.idle.splice(index, 1);
  }
}

/** Ends a connection without a word: the server ends what it does there when it notices. */
export function cut(client: Client): void {
  client.connection.stream.destroy();
}

async function end(client: Client): Promise<void> {
  await client.end().catch(() => {});
}
