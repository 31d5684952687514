/** PostgreSQL, a server that is asked over a few connections. It is read only: what answers depend on is set for each query. */
import type { ClientConfig } from 'pg';
import {
  type Diagnostic,
  type Dialect,
  dialectNamed,
  type Model,
  own,
  profileWrong,
  type Statement,
  type Table,
} from '../../../compiler/index.ts';
import { type Engine, EngineError, type ExecuteOptions, type RawAnswer } from '../../engine.ts';
import { checkRelation } from '../schema.ts';
import { Connections } from './connections.ts';
import { describeRelation, logicalType } from './relations.ts';
import { fetchRows, runWithin, type Server } from './session.ts';

export interface PostgresOptions {
  /** The name of the profile, for findings. */
  readonly profile: string;
  /** `postgres://user:password@host:5432/database`; null where the profile has none. */
  readonly url: string | null;
}

const checkMs = 30_000;

/** Nothing is connected yet: the first question finds out whether the server answers. */
export function openPostgres({ profile, url }: PostgresOptions): Engine {
  if (url === null || !/^postgres(ql)?:\/\/./.test(url) || !URL.canParse(url)) {
    const detail = `the profile \`${profile}\` ${url === null ? 'has no `url:`' : 'has a `url:` that is no address of PostgreSQL'}`;
    const help =
      'write `url: "postgres://user:password@host:5432/database"`, or name a variable of the environment that holds it';
    throw new EngineError(profileWrong(null, { detail, help }));
  }
  const config: ClientConfig = { connectionString: verified(url), application_name: 'sextant', keepAlive: true };
  return new PostgresEngine({ profile, connections: new Connections(config), config });
}

/** The driver holds a server's certificate against its name in these modes as well, and would warn at each start that it does. */
function verified(url: string): string {
  return url.includes('uselibpqcompat')
    ? url
    : url.replace(/([?&]sslmode=)(prefer|require|verify-ca)\b/, '$1verify-full');
}

class PostgresEngine implements Engine {
  readonly name = 'postgres';
  readonly dialect: Dialect;
  constructor(private readonly server: Server) {
    const dialect = dialectNamed('postgres');
    if (dialect === null) throw new Error('no dialect for PostgreSQL');
    this.dialect = dialect;
  }

  async check(statement: Statement, model: Model): Promise<readonly Diagnostic[]> {
    const findings: Diagnostic[] = [];
    for (const { table: name, columns } of statement.reads) {
      const table = own(model.tables, name);
      if (table !== undefined) findings.push(...(await this.checkTable(table, columns)));
    }
    return findings;
  }

  private async checkTable(table: Table, columns: readonly string[]): Promise<readonly Diagnostic[]> {
    const relation = await runWithin(this.server, { timeoutMs: checkMs }, client =>
      describeRelation(client, table.source),
    );
    return checkRelation({ table, columns, relation, profile: this.server.profile, logicalType, names: 'exact' });
  }

  async execute(statement: Statement, options: ExecuteOptions): Promise<RawAnswer> {
    return runWithin(this.server, options, client =>
      fetchRows(client, statement.sql, statement.parameters, options.maxRows),
    );
  }

  async close(): Promise<void> {
    await this.server.connections.close();
  }
}
