/** Laws of who asks. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { laws } from './all.ts';
import { testLaws } from './law.ts';

testLaws('duckdb', openDuckDB, laws.roles);
