/** Plain SQL for every metric of the library: of all times, or of a period that it needs. */
import { events } from './events.ts';
import { figures } from './figures.ts';
import type { Plain } from './rows.ts';

export { questions } from './questions.ts';
export { type Grouping, groupName, type Plain, toNumber, workOut } from './rows.ts';

/** Metrics that can be asked without a period: they are held in total, by a dimension, and by quarter. */
export const plain: Readonly<Record<string, Plain>> = { ...figures, ...events };
