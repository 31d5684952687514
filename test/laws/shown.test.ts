/** Laws of conditions, order and limit. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { laws } from './all.ts';
import { testLaws } from './law.ts';

testLaws('duckdb', openDuckDB, laws.shown);
