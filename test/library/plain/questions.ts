/** Questions about a period, with the rows that plain SQL gives for them: what stands on a day, what moves in time, ranks and shares. */
import { customers } from './customers.ts';
import { money } from './money.ts';
import { people } from './people.ts';
import { pipeline } from './pipeline.ts';
import type { Question } from './question.ts';

export const questions: Readonly<Record<string, Question>> = { ...pipeline, ...money, ...customers, ...people };
