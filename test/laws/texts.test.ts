/** Laws of how things are written: in what order, under which names, with what else beside them. */
import { openDuckDB } from '../oracle/warehouse.ts';
import { testLaws } from './law.ts';
import { names } from './names.ts';
import { orderOfDefinitions, orderOfQuestion, orderOfRows } from './orders.ts';
import { additions, omissions } from './unused.ts';

testLaws('duckdb', openDuckDB, [orderOfQuestion, orderOfDefinitions, orderOfRows, additions, omissions, names]);
