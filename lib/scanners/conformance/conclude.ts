import type { ScannerPorts } from '../scanner.ts';
import type { Delivered, FileName } from './delivery.ts';
import type { ConformanceFacts, SuiteProgress, SuiteTest } from './facts.ts';
import type { SuiteRows } from './junit.ts';
import { listLeftovers } from './leftovers.ts';
import type { ConformanceTicket } from './options.ts';
import { idsOf } from './test-name.ts';

type Ports = Pick<ScannerPorts, 'access' | 'now'>;

const secondsSince = (startedAt: string, now: string): number => Math.max(0, (Date.parse(now) - Date.parse(startedAt)) / 1_000);

/** Seconds by the suite's own clock. */
const secondsIn = (log: string | undefined): number | undefined => {
  const seconds = Number(/^Ran \d+ of \d+ Specs in ([\d.]+) seconds/m.exec(log ?? '')?.[1]);
  return Number.isFinite(seconds) ? seconds : undefined;
};

const common = async (ticket: ConformanceTicket, { access, now }: Ports) => {
  const { cluster, mode, selection, image, nodes, startedAt, notes } = ticket;
  const leftovers = await listLeftovers(access, ticket.madeAt);
  return { cluster, mode, selection, image, nodes, startedAt, notes, leftovers, seconds: secondsSince(startedAt, now()) };
};

const idsFor = (tests: readonly SuiteTest[], all: readonly string[]): ConformanceFacts['ids'] => {
  const ids = idsOf(all);
  return Object.fromEntries(tests.map(({ name }) => [name, ids.get(name) ?? '']));
};

/** The facts of a run that came to its end. */
export const whole = async (
  ticket: ConformanceTicket,
  ports: Ports,
  rows: SuiteRows,
  files: Readonly<Record<FileName, Delivered | undefined>>,
  missing: readonly string[],
): Promise<ConformanceFacts> => {
  const { tests, setUp, skipped, names } = rows;
  const base = await common(ticket, ports);
  const [log, junit] = [files['e2e.log'], files['junit_01.xml']];
  const passed = tests.filter(({ hasPassed }) => hasPassed).length;
  return {
    ...base,
    seconds: secondsIn(log?.text) ?? base.seconds,
    notes: [...base.notes, ...missing],
    tests,
    setUp,
    passed,
    failed: tests.length - passed,
    skipped,
    selected: tests.length,
    ids: idsFor(tests, names),
    files: { ...(log ? { log: log.packed } : {}), ...(junit ? { junit: junit.packed } : {}) },
  };
};

/** The facts of a run that was cut off: what is known from its output until then. */
export const cutOff = async (
  ticket: ConformanceTicket,
  ports: Ports,
  progress: SuiteProgress | undefined,
  cut: NonNullable<ConformanceFacts['cut']>,
): Promise<ConformanceFacts> => {
  const { passed = 0, failed = 0, failures = [], selected } = progress ?? {};
  const tests = failures.map(({ name, output }): SuiteTest => ({ name, hasPassed: false, seconds: 0, output }));
  const known = tests.map(({ name }) => name);
  return {
    ...(await common(ticket, ports)),
    cut,
    tests,
    setUp: [],
    passed,
    failed,
    skipped: 0,
    ...(selected === undefined ? {} : { selected }),
    ids: idsFor(tests, known),
    files: {},
  };
};
