/** Days, time zones, grains and periods: pure arithmetic, no clock. */
export * from './date.ts';
export * from './grain.ts';
export * from './interval.ts';
export * from './period.ts';
export * from './zone.ts';
