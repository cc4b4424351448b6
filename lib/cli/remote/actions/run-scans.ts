import { type Failure, type Result, succeed } from '../../../core/failure.ts';
import { isAtLeast, type Severity } from '../../../core/outcome.ts';
import { isFinal, type ScanRecord } from '../../../fleet/scan.ts';
import { showProgress } from '../../progress.ts';
import type { ExitStatus, Terminal } from '../../terminal.ts';
import { plain } from '../http/problem.ts';
import { clusterOf } from '../names.ts';
import { listText } from '../output.ts';
import { inSession, type Said } from '../run.ts';
import { optionsOf, type ScanOptionFlags } from '../scan-options.ts';
import { type ScanFlags, type ScanParams, scanOf } from '../scan-ref.ts';
import type { PrintFlags, Session } from '../session.ts';
import { scanColumns } from './scans.ts';

interface Threshold {
  readonly failOn: Severity | 'never';
  readonly minCoverage: number;
  readonly quiet?: boolean;
}
interface RunFlags extends PrintFlags, ScanFlags, Threshold, ScanOptionFlags {
  readonly kind: readonly string[];
  readonly wait?: boolean;
}

/** Milliseconds between two looks: often at first, for a configuration scan takes seconds. */
const firstPause = 300;
const longestPause = 5000;

/** What a wait that was stopped leaves behind: the scan is the service's, and goes on there. */
const goesOn = ({ clusterId }: ScanParams, ids: readonly string[]): Failure => ({
  code: 'cancelled',
  say: [
    `Not waited for any longer; the scan goes on at the service. Look: gatehouse scans show ${clusterId} ${ids[0]}`,
    `End it: gatehouse scans cancel ${clusterId} ${ids[0]}`,
  ].join('\n'),
});

/** Looks until all scans have ended. */
const waitFor = async (
  { client, pause }: Session,
  of: readonly ScanParams[],
  quiet: boolean,
  terminal: Terminal,
): Promise<Result<ScanRecord[]>> => {
  const progress = showProgress(terminal, quiet);
  const ids = of.map(({ scanId }) => scanId);
  const stopped = { ok: false, failure: goesOn(of[0] as ScanParams, ids) } as const;
  try {
    for (let ms = firstPause; ; ms = Math.min(longestPause, ms * 1.5)) {
      const scans: ScanRecord[] = [];
      for (const params of of) {
        const scan = await client.call('scans.get', { params });
        if (!scan.ok) return scan.failure.code === 'cancelled' ? stopped : scan;
        scans.push(scan.value.body);
      }
      const open = scans.find(({ state }) => !isFinal(state));
      if (!open) return succeed(scans);
      const { done = 0, total = 1, doing = 'waiting to begin' } = open.progress ?? {};
      progress.show({ done, total, doing: plain(scans.length > 1 ? `${open.kind}: ${doing}` : doing) });
      if (!(await pause(ms))) return stopped;
    }
  } finally {
    progress.end();
  }
};

/** Like `gatehouse scan`: 1 for failures at or above the threshold, 2 for a scan that says too little to be trusted. */
const exitOf = (scan: ScanRecord, { failOn, minCoverage }: Threshold): ExitStatus => {
  if (scan.state !== 'completed') return 2;
  const { coverage, failed: failures = {} } = scan;
  if (coverage && coverage.total > 0 && (100 * coverage.decided) / coverage.total < minCoverage) return 2;
  const isWorse = Object.entries(failures).some(
    ([severity, count]) => count > 0 && failOn !== 'never' && isAtLeast(severity as Severity, failOn),
  );
  return isWorse ? 1 : 0;
};

const judged = (scans: readonly ScanRecord[], threshold: Threshold, terminal: Terminal): Said => {
  const exits = scans.map((scan) => exitOf(scan, threshold));
  // no answer weighs more than a bad one
  const exit = ([2, 1] as const).find((one) => exits.includes(one)) ?? 0;
  const bad = scans.filter(({ state }) => state !== 'completed');
  const note = bad
    .map(({ id, state, reason }) => `The scan ${id} is ${state}${reason === undefined ? '' : `: ${plain(reason)}`}`)
    .join('\n');
  return { json: { items: scans }, text: listText(terminal, scans, scanColumns, ''), exit, note: note === '' ? undefined : note };
};

export const runScans = inSession<RunFlags>(async (session, flags, terminal) => {
  const params = await clusterOf(session.client, flags);
  if (!params.ok) return params;
  const body = { kinds: flags.kind, options: optionsOf(flags) };
  const run = await session.client.call('scans.run', { params: params.value, body: body as never });
  if (!run.ok) return run;
  const { items } = run.value.body;
  if (!flags.wait) return succeed({ json: run.value.json, text: listText(terminal, items, scanColumns, 'Nothing was started.') });
  const ended = await waitFor(
    session,
    items.map(({ id }) => ({ ...params.value, scanId: id })),
    flags.quiet === true || flags.json === true,
    terminal,
  );
  return ended.ok ? succeed(judged(ended.value, flags, terminal)) : ended;
});

export const waitForScan = inSession<PrintFlags & ScanFlags & Threshold>(async (session, flags, terminal) => {
  const params = await scanOf(session.client, flags, 'any');
  if (!params.ok) return params;
  const ended = await waitFor(session, [params.value], flags.quiet === true || flags.json === true, terminal);
  return ended.ok ? succeed(judged(ended.value, flags, terminal)) : ended;
});
