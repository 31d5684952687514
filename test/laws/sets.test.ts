/** Laws of what is asked beside each other, and of how it is planned. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { laws } from './all.ts';
import { testLaws } from './law.ts';

testLaws('duckdb', openDuckDB, laws.sets);
