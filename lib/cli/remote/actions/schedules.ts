import type { RouteId } from '../../../api/index.ts';
import { succeed } from '../../../core/failure.ts';
import { type ClusterFlags, clusterOf } from '../names.ts';
import { listText } from '../output.ts';
import { given, inSession, show } from '../run.ts';
import { optionsOf, type ScanOptionFlags } from '../scan-options.ts';
import type { PrintFlags } from '../session.ts';

type ClusterOnly = PrintFlags & ClusterFlags;
type OneFlags = ClusterOnly & { readonly kind: string };
interface WishFlags extends OneFlags, ScanOptionFlags {
  readonly preset?: string;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly pause?: boolean;
  /** Minutes. */
  readonly jitter?: number;
}

const wishOf = ({ preset, cron, timeZone, pause, jitter, ...flags }: WishFlags) =>
  given({
    preset,
    cron,
    timeZone,
    paused: pause,
    jitterMinutes: jitter,
    options: optionsOf(flags),
  });

export const listSchedules = inSession<ClusterOnly>(async ({ client }, flags, terminal) => {
  const params = await clusterOf(client, flags);
  if (!params.ok) return params;
  const schedules = await client.call('schedules.list', { params: params.value });
  if (!schedules.ok) return schedules;
  const text = listText(
    terminal,
    schedules.value.body.items,
    [
      ['kind', ({ kind }) => kind],
      ['when', ({ preset, cron }) => preset ?? cron],
      ['time zone', ({ timeZone }) => timeZone],
      ['paused', ({ paused }) => paused],
      ['next run', ({ nextRunAt }) => nextRunAt],
      ['last slot', ({ lastSlot }) => lastSlot],
    ],
    'There are no schedules for this cluster.',
  );
  return succeed({ json: schedules.value.json, text });
});

const showBy = (id: RouteId) =>
  inSession<WishFlags>(async (session, flags, terminal) => {
    const cluster = await clusterOf(session.client, flags);
    if (!cluster.ok) return cluster;
    const params = { ...cluster.value, kind: flags.kind };
    return show(session, terminal, id, id === 'schedules.set' ? { params, body: wishOf(flags) } : { params });
  });
export const showSchedule = showBy('schedules.get');
export const setSchedule = showBy('schedules.set');

export const previewSchedule = inSession<WishFlags>(async ({ client }, flags, terminal) => {
  const cluster = await clusterOf(client, flags);
  if (!cluster.ok) return cluster;
  const params = { ...cluster.value, kind: flags.kind as 'configuration' };
  const preview = await client.call('schedules.preview', { params, body: wishOf(flags) as never });
  if (!preview.ok) return preview;
  const text = listText(
    terminal,
    preview.value.body.slots,
    [
      ['slot, there', ({ local }) => local],
      ['runs at, here', ({ runAt }) => runAt],
    ],
    'It would never run.',
  );
  return succeed({ json: preview.value.json, text });
});

export const removeSchedule = inSession<OneFlags>(async ({ client }, flags) => {
  const cluster = await clusterOf(client, flags);
  if (!cluster.ok) return cluster;
  const params = { ...cluster.value, kind: flags.kind as 'configuration' };
  const removed = await client.call('schedules.delete', { params });
  return removed.ok ? succeed({ json: null, text: `The ${flags.kind} schedule of ${flags.cluster} is removed.\n` }) : removed;
});
