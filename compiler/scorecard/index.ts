/** What definitions ask: the items of scorecards and the alerts as questions, and what is wrong with them. */
export { alertQuery, bindAlert, firesColumn, placeholder, writtenAlert } from './alert.ts';
export { type Attempts, distinct, judgeAlert, judgeItem, judgeScorecards } from './check.ts';
export { comparesWithOthers } from './place.ts';
export { type Asked, type Asker, type ItemQuestions, joined, mostGroups, questionsOf, together } from './question.ts';
