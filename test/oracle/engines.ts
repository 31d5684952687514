/** The engines as tests open them. */
import { makeDatabase } from '../support/postgres.ts';
import { openDuckDB, type Worlds, worldsIn } from './warehouse.ts';

export { openDuckDB };

export async function openPostgres(): Promise<Worlds> {
  return worldsIn((await makeDatabase()).client);
}
