/** Time in plans: days and buckets of the project's zone as bounds on stored columns, computed here and never per row where it can be helped. */
import {
  type Bounds,
  bucketOf,
  bucketsOf,
  type Calendar,
  civil,
  clockOf,
  type Day,
  formatDay,
  type Grain,
  type Interval,
  instantOf,
  instantText,
  millisecondsPerDay,
  offsetsBetween,
  parseDay,
  startOfDay,
  storedText,
  type ZoneClock,
} from '../calendar/index.ts';
import type { FunctionName, Literal } from '../model.ts';
import type { Scalar } from './plan.ts';
import { call, constant, some } from './scalar.ts';

/** Comparisons with their sides changed. */
export const mirrored: Partial<Readonly<Record<FunctionName, FunctionName>>> = {
  equal: 'equal',
  unequal: 'unequal',
  less: 'greater',
  less_or_equal: 'greater_or_equal',
  greater: 'less',
  greater_or_equal: 'less_or_equal',
};

/** Up to this many buckets are told apart by their bounds, one `when` each. */
const longestLadder = 24;

export class Clock {
  private readonly zone: ZoneClock;

  constructor(
    readonly timeZone: string,
    readonly calendar: Calendar,
  ) {
    this.zone = clockOf(timeZone);
  }

  /** What a user wrote is a parameter; what the grammar knows is not. */
  literal({ type, value, unit }: Literal): Scalar {
    if (value === null || typeof value === 'boolean') return constant(type, value);
    if (type === 'duration') {
      const [name = 'days'] = unit.kind === 'known' ? Object.keys(unit.factors) : [];
      return { kind: 'interval', amount: value, unit: name, type };
    }
    return { kind: 'parameter', type, value: type === 'timestamp' ? this.instantText(value) : value };
  }

  /** The instant at which a local day begins, as a constant for stored timestamps. */
  private dayStart(day: Day): Scalar {
    return instantConstant(startOfDay(this.zone, day));
  }

  /** `2026-03-05T14:30` on the wall, as the universal time that is stored. */
  instantText(local: string): string {
    return storedText(this.zone, local);
  }

  /** A day compared with a constant day; the day of a timestamp is turned into bounds on the timestamp itself. */
  compare(name: FunctionName, moment: Scalar, day: Day, constantSide: Scalar): Scalar {
    const stamp = timestampOfDay(moment);
    if (stamp === null) return call(name, 'boolean', moment, constantSide);
    const [from, until] = [this.dayStart(day), this.dayStart(day + 1)];
    switch (name) {
      case 'less':
        return call('less', 'boolean', stamp, from);
      case 'less_or_equal':
        return call('less', 'boolean', stamp, until);
      case 'greater':
        return call('greater_or_equal', 'boolean', stamp, until);
      case 'greater_or_equal':
        return call('greater_or_equal', 'boolean', stamp, from);
      case 'equal':
        return call(
          'and',
          'boolean',
          call('greater_or_equal', 'boolean', stamp, from),
          call('less', 'boolean', stamp, until),
        );
      default:
        return call(
          'or',
          'boolean',
          call('less', 'boolean', stamp, from),
          call('greater_or_equal', 'boolean', stamp, until),
        );
    }
  }

  /** The start of a day as a bound for dates, or for timestamps. */
  startOf(day: Day, type: 'date' | 'timestamp'): string {
    return type === 'date' ? formatDay(day) : instantText(startOfDay(this.zone, day));
  }

  /** The rows that are alive when a day begins. */
  alive(from: Scalar, until: Scalar, next: (type: 'date' | 'timestamp') => Scalar): readonly Scalar[] {
    const bound = (moment: Scalar) => next(moment.type === 'timestamp' ? 'timestamp' : 'date');
    return [
      call('less', 'boolean', from, bound(from)),
      some([call('is_null', 'boolean', until), call('greater_or_equal', 'boolean', until, bound(until))]),
    ];
  }

  /** The rows of an interval: a half-open range on the stored column. */
  within(axis: Scalar, { from, until }: Bounds): readonly Scalar[] {
    const stamp = axis.type === 'timestamp' ? axis : timestampOfDay(axis);
    const moment = stamp ?? axis;
    const bound = (day: Day) => (stamp === null ? constant('date', formatDay(day)) : this.dayStart(day));
    return [
      ...(from === null ? [] : [call('greater_or_equal', 'boolean', moment, bound(from))]),
      ...(until === null ? [] : [call('less', 'boolean', moment, bound(until))]),
    ];
  }

  /** The bucket of an axis; `interval` bounds the rows that will be seen, null for all. */
  bucket(axis: Scalar, grain: Grain, interval: Interval | null): Scalar {
    const operand = timestampOfDay(axis) ?? axis;
    const type = grain === 'hour' ? 'timestamp' : 'date';
    const plain = (moment: Scalar, shows: 'local' | 'instants'): Scalar => ({
      kind: 'bucket',
      grain,
      operand: moment,
      isLocal: shows === 'local',
      type,
    });
    if (operand.type === 'date' || this.timeZone === 'UTC') return plain(operand, 'local');
    if (grain === 'hour') return this.hour(operand, interval);
    if (interval === null) return plain(operand, 'instants');
    return this.ladder(operand, grain, interval) ?? plain(this.shifted(operand, interval), 'local');
  }

  /** How many buckets lie between the one that begins on a day and that of an axis. */
  ordinal(axis: Scalar, grain: 'month' | 'week' | 'day', first: Day, interval: Interval | null): Scalar {
    const isDate = timestampOfDay(axis) === null && axis.type === 'date';
    const isReckoned = isDate || this.timeZone === 'UTC' || interval === null;
    const day = isReckoned ? axis : this.bucket(axis, grain, interval);
    const number = (value: number) => constant('integer', String(value));
    if (grain === 'month') {
      const { year, month } = civil(first);
      const years = call('multiply', 'integer', call('year', 'integer', day), number(12));
      const months = call('add', 'integer', years, call('month', 'integer', day));
      return call('subtract', 'integer', months, number(year * 12 + month));
    }
    const days = call('days_between', 'integer', constant('date', formatDay(first)), day);
    return grain === 'day' ? days : call('floor', 'integer', call('divide', 'float', days, number(7)));
  }

  /** Hours begin with the zone's, which for some zones is at half past. */
  private hour(operand: Scalar, interval: Interval | null): Scalar {
    const instant = interval === null ? 0 : startOfDay(this.zone, interval.from);
    const seconds = Math.round(this.zone(instant) / 1000) % 3600;
    const bucket = (moment: Scalar): Scalar => ({
      kind: 'bucket',
      grain: 'hour',
      operand: moment,
      isLocal: true,
      type: 'timestamp',
    });
    if (seconds === 0) return bucket(operand);
    return addSeconds(
      bucket(addSeconds(operand, constant('integer', String(seconds)))),
      constant('integer', String(-seconds)),
    );
  }

  private ladder(operand: Scalar, grain: Grain, interval: Interval): Scalar | null {
    const starts = bucketsOf(grain, interval, this.calendar, longestLadder + 1);
    if (starts.length > longestLadder) return null;
    const name = (start: Day) => constant('date', formatDay(start));
    const [first, ...later] = starts;
    if (first === undefined) return name(bucketOf(grain, interval.from, this.calendar));
    const steps = later.flatMap((start, index) => [
      call('less', 'boolean', operand, this.dayStart(start)),
      name(starts[index] ?? first),
    ]);
    return later.length === 0 ? name(first) : call('case', 'date', ...steps, name(later.at(-1) ?? first));
  }

  /** Local time as instants moved by the offsets that hold in the interval. */
  private shifted(operand: Scalar, interval: Interval): Scalar {
    const stretches = offsetsBetween(
      this.zone,
      startOfDay(this.zone, interval.from),
      startOfDay(this.zone, interval.until),
    );
    const seconds = (offset: number) => constant('integer', String(Math.round(offset / 1000)));
    const steps = stretches.flatMap(({ until, offset }) =>
      until === null ? [seconds(offset)] : [call('less', 'boolean', operand, instantConstant(until)), seconds(offset)],
    );
    const [only, ...others] = steps;
    if (only === undefined) return operand;
    return addSeconds(operand, others.length === 0 ? only : call('case', 'integer', ...steps));
  }

  /** The instants at which the hours of an interval begin: the first, and how many. */
  hours(interval: Interval, lastHour: { readonly day: Day; readonly hour: number }) {
    const first = startOfDay(this.zone, interval.from);
    const end = startOfDay(this.zone, interval.until);
    const now = instantOf(this.zone, lastHour.day * millisecondsPerDay + lastHour.hour * 3_600_000) + 3_600_000;
    const count = Math.max(0, Math.ceil((Math.min(end, now) - first) / 3_600_000));
    return { first: instantText(first), count };
  }
}

/** The timestamp of which a scalar takes the day, or null when it is no such day. */
function timestampOfDay(scalar: Scalar): Scalar | null {
  if (scalar.kind !== 'call' || scalar.function !== 'date') return null;
  const [operand] = scalar.arguments;
  return operand?.type === 'timestamp' ? operand : null;
}

function addSeconds(moment: Scalar, seconds: Scalar): Scalar {
  return call('add_seconds', 'timestamp', moment, seconds);
}

function instantConstant(instant: number): Scalar {
  return constant('timestamp', instantText(instant));
}

/** The day of a constant or parameter, or null when a scalar is none. */
export function constantDay(scalar: Scalar): Day | null {
  if (scalar.kind !== 'parameter' && scalar.kind !== 'constant') return null;
  return scalar.type === 'date' && typeof scalar.value === 'string' ? parseDay(scalar.value) : null;
}
