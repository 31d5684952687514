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
  type StoredSource,
} from '../../../compiler/index.ts';
import {
  type DataState,
  EngineError,
  type ExecuteOptions,
  type Limits,
  type RawAnswer,
  type StreamingEngine,
} from '../../engine.ts';
import { handOver } from '../handover.ts';
import { checkRelation, type PhysicalRelation, storedSource } from '../schema.ts';
import { Connections } from './connections.ts';
import { describeRelation, logicalType } from './relations.ts';
import { fetchRows, pourRows, runWithin, type Server } from './session.ts';

export interface PostgresOptions {
  /** The name of the profile, for findings. */
  readonly profile: string;
  /** `postgres://user:password@host:5432/database`; null where the profile has none. */
  readonly url: string | null;
}

/** Nothing is connected yet: the first question finds out whether the server answers. */
export function openPostgres({ profile, url }: PostgresOptions): StreamingEngine {
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

class PostgresEngine implements StreamingEngine {
  readonly name = 'postgres';
  readonly dialect: Dialect;
  constructor(private readonly server: Server) {
    const dialect = dialectNamed('postgres');
    if (dialect === null) throw new Error('no dialect for PostgreSQL');
    this.dialect = dialect;
  }

  async check(statement: Statement, model: Model, limits: Limits): Promise<readonly Diagnostic[]> {
    const tables = statement.reads.flatMap(({ table: name, columns }) => {
      const table = own(model.tables, name);
      const source = table === undefined ? null : storedSource(table);
      return table === undefined || source === null ? [] : [{ table, columns, source }];
    });
    const relations = await this.relationsOf(
      tables.map(({ source }) => source),
      limits,
    );
    const { profile } = this.server;
    return tables.flatMap(({ table, columns }, index) => {
      const relation = relations[index];
      if (relation === undefined) return [];
      return checkRelation({ table, columns, relation, profile, logicalType, names: 'exact' });
    });
  }

  /** What the server has for the tables, in as few transactions as it takes: its refusals end one each. */
  private async relationsOf(sources: readonly StoredSource[], limits: Limits): Promise<readonly PhysicalRelation[]> {
    const relations: PhysicalRelation[] = [];
    while (relations.length < sources.length) {
      await runWithin(this.server, limits, async client => {
        for (const source of sources.slice(relations.length)) {
          const relation = await describeRelation(client, source);
          relations.push(relation);
          if (relation.kind === 'missing' && relation.detail !== null) return;
        }
      });
    }
    return relations;
  }

  /** A server does not say when a table was last written. */
  async stateOf(): Promise<DataState> {
    return { kind: 'unknown' };
  }

  async execute(statement: Statement, options: ExecuteOptions): Promise<RawAnswer> {
    return runWithin(this.server, options, client =>
      fetchRows(client, statement.sql, statement.parameters, options.maxRows, options.maxBytes),
    );
  }

  stream(statement: Statement, limits: Limits) {
    return handOver(limits, (within, put) =>
      runWithin(this.server, within, client => pourRows(client, statement.sql, statement.parameters, put)),
    );
  }

  async close(): Promise<void> {
    await this.server.connections.close();
  }
}
