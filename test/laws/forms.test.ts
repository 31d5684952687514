/** Laws of forms: what they say can be asked in other words. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { laws } from './all.ts';
import { testLaws } from './law.ts';

testLaws('duckdb', openDuckDB, laws.forms);
