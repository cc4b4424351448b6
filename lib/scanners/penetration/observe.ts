import { nodePorts } from '../../checks/exposure/doors.ts';
import { probes } from '../../checks/exposure/index.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Vantage } from '../../core/finding.ts';
import type { ClusterView, Door, LeftOut, RefusedTarget, Sight } from '../../core/probing/index.ts';
import { readTime } from '../../core/time.ts';
import type { Probing } from '../../ports/probing.ts';
import type { ScannerPorts } from '../scanner.ts';
import type { ObservedPenetration, PenetrationOptions, PenetrationTicket } from './options.ts';
import { defaultProbeImage } from './pod/home.ts';
import { lookFromPod } from './pod/run.ts';
import { deriveDoors, publicOnly } from './targets/index.ts';
import { examineTargets, selectDoors } from './targets/select.ts';
import { look } from './vantage/look.ts';
import { observeView } from './view/index.ts';

/** Where each vantage would knock, and what the cluster names and nobody knocks at. Nothing has been sent yet but reads of the API. */
export interface PenetrationPlan {
  readonly view: ClusterView;
  readonly doors: Readonly<Partial<Record<Vantage, readonly Door[]>>>;
  readonly refused: readonly RefusedTarget[];
  readonly leftOut: readonly LeftOut[];
}

const vantagesOf = ({ vantages = ['external'] }: PenetrationOptions): readonly Vantage[] => [...new Set(vantages)];

const portsOf = { nodePorts: nodePorts(probes, 'tcp'), udpPorts: nodePorts(probes, 'udp') };

/** Reads the cluster and says where a scan would knock: what `--dry-run` prints. */
export const planPenetration = async (
  options: PenetrationOptions,
  { access }: Pick<ScannerPorts, 'access'>,
  probing: Probing,
): Promise<Result<PenetrationPlan>> => {
  const readable = examineTargets(options);
  if (!readable.ok) return readable;
  const [view, serverAddresses] = await Promise.all([observeView(access), probing.addressesOf(new URL(access.server).hostname)]);
  if (!serverAddresses.ok) return serverAddresses;
  // a public network that a project may knock at was named by who answers for it
  const allow = [...(options.allow ?? []), ...publicOnly(options.within ?? [])];
  const doors: Partial<Record<Vantage, readonly Door[]>> = {};
  const refused: RefusedTarget[] = [];
  const leftOut: LeftOut[] = [];
  for (const vantage of vantagesOf(options)) {
    const input = { view, server: access.server, serverAddresses: serverAddresses.value, allow, vantage, ...portsOf };
    const derived = deriveDoors(input);
    const selected = selectDoors(derived.doors, options);
    if (!selected.ok) return selected;
    doors[vantage] = selected.value.doors;
    refused.push(...derived.refused, ...selected.value.refused);
    leftOut.push(...selected.value.leftOut.map((one) => ({ ...one, vantage })));
  }
  const once = new Map(refused.map((one) => [`${one.what} ${one.address}`, one]));
  return succeed({ view, doors, refused: [...once.values()], leftOut });
};

/** Milliseconds that are left for looking, if there is a limit. */
type Left = () => number | undefined;

const timeLeft = ({ options: { lookSeconds } }: PenetrationTicket, now: () => string): Left => {
  if (lookSeconds === undefined) return () => undefined;
  const end = (readTime(now()) ?? 0) + 1_000 * lookSeconds;
  return () => Math.max(0, end - (readTime(now()) ?? 0));
};

const lookFromHere = async (
  doors: readonly Door[],
  { scanId }: PenetrationTicket,
  ports: ScannerPorts,
  probing: Probing,
  mostMs: number | undefined,
): Promise<Sight> => {
  const { signal, now, sleep, progress } = ports;
  const [timeUp, done] = [new AbortController(), new AbortController()];
  if (mostMs !== undefined) void sleep(mostMs, done.signal).then(() => done.signal.aborted || timeUp.abort());
  const sender = probing.sender({ scanId, vantage: 'external', doors, signal: AbortSignal.any([signal, timeUp.signal]) });
  try {
    const show = (tried: number, total: number) => progress({ done: tried, total, doing: 'knocking at ports of the cluster' });
    return await look({
      vantage: 'external',
      doors,
      probes,
      sender,
      now: now(),
      hasToken: probing.hasToken,
      signal,
      timeUp: timeUp.signal,
      progress: show,
    });
  } finally {
    done.abort();
    sender.close();
  }
};

const lookFromInside = async (
  doors: readonly Door[],
  { scanId, options }: PenetrationTicket,
  { access, cleaner = access, signal, now, sleep, warn, progress }: ScannerPorts,
  probing: Probing,
  withinMs: number | undefined,
): Promise<Result<Sight>> => {
  progress({ done: 0, total: 1, doing: 'looking from a pod' });
  const image = options.probeImage ?? defaultProbeImage;
  const program = await probing.podProgram();
  const { version } = probing;
  return lookFromPod({ access, cleaner, signal, now, sleep, scanId, version, image, doors, program, withinMs, leftBehind: warn });
};

/** Everything a penetration scan observes. A vantage that could not look is named with its reason; the scan fails only when the cluster cannot be asked at all. */
export const observePenetration = async (
  ticket: PenetrationTicket,
  ports: ScannerPorts,
): Promise<Result<ObservedPenetration | undefined>> => {
  const { probing, signal } = ports;
  if (!probing) return failed('input-invalid', 'A penetration scan needs the network; name a cluster.');
  const left = timeLeft(ticket, ports.now);
  const plan = await planPenetration(ticket.options, ports, probing);
  if (!plan.ok) return plan;
  const { view, doors, refused, leftOut } = plan.value;
  const sights: Sight[] = [];
  const blind: { vantage: Vantage; why: string }[] = [];
  // one after the other, because targets are to be asked gently: the first leaves the second its half
  const [whole, share] = [left(), doors.internal ? 0.5 : 1];
  const mostMs = whole === undefined ? undefined : whole * share;
  if (doors.external) sights.push(await lookFromHere(doors.external, ticket, ports, probing, mostMs));
  if (doors.internal && !signal.aborted) {
    const seen = await lookFromInside(doors.internal, ticket, ports, probing, left());
    if (seen.ok) sights.push(seen.value);
    else if (seen.failure.code === 'cancelled') return seen;
    else blind.push({ vantage: 'internal', why: seen.failure.say });
  }
  if (signal.aborted) return failed('cancelled', 'The scan was cancelled; no report was written.');
  const { cluster, options } = ticket;
  return succeed({ cluster, vantages: vantagesOf(options), view, refused, leftOut, sights, blind, observedAt: ports.now() });
};
