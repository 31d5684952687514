/** Laws of how things are written: in what order, under which names, with what else beside them. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { laws } from './all.ts';
import { testLaws } from './law.ts';

testLaws('duckdb', openDuckDB, laws.texts);
