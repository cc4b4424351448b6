import { randomBytes } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { asLabel, namespaceManifest, namespacePath, podsPath } from '../pods/home.ts';
import { nextWait } from '../pods/timing.ts';
import type { ScannerPorts, ScanTarget } from '../scanner.ts';
import { accountsPath, bindingsPath, hasEnded, podPath, removeRun, scanOf, waitUntilGone } from './clean-up.ts';
import { bindingName, conformanceHome, nonceAnnotation } from './home.ts';
import { accountManifest, bindingManifest, podManifest } from './manifest.ts';
import { modeOf, selectionOf } from './modes.ts';
import { type ConformanceOptions, type ConformanceTicket, defaultLimitMinutes, defaultOutputImage } from './options.ts';
import { lookBeforeStart } from './pre-flight.ts';
import { Made, SuitePod } from './schema.ts';
import { suiteImage } from './suite-image.ts';

const homePath = namespacePath(conformanceHome);
const namespace = conformanceHome.namespace.name;

type Ports = Pick<ScannerPorts, 'access' | 'cleaner' | 'now' | 'sleep' | 'signal'>;
type Maker = Ports & { readonly scanId: string };

const underWay = (scanId: string) =>
  failed(
    'conflict',
    `Another conformance run (scan ${scanId}) is under way in this cluster, and two would disturb each other; wait for its end, or remove it with \`gatehouse clean-up --all\`.`,
  );

/** Removes what an earlier run left of itself; one that still runs is left alone. Answers sentences for the report. */
const makeRoom = async (maker: Maker): Promise<Result<readonly string[]>> => {
  const { access, scanId, now, sleep } = maker;
  const [home, binding, pod] = await Promise.all([
    access.get(homePath, Made),
    access.get(`${bindingsPath}/${bindingName}`, Made),
    access.get(podPath, SuitePod),
  ]);
  if (home.ok && home.value.status?.phase === 'Terminating') {
    const gone = await waitUntilGone(access, homePath, 60_000, { now, sleep });
    if (!gone.ok) return gone;
    if (!gone.value) return failed('conflict', `The namespace ${namespace} is still being deleted; look at its status and try again.`);
  }
  const others = new Set(
    [home, binding, pod].flatMap((one) => (one.ok ? (scanOf(one.value) ?? []) : [])).filter((one) => one !== asLabel(scanId)),
  );
  const said: string[] = [];
  for (const other of others) {
    const ended = await hasEnded(access);
    if (!ended.ok) return ended;
    if (!ended.value) return underWay(other);
    const removed = await removeRun({ access, scanId: other, now, sleep });
    if (!removed.ok) return removed;
    if (removed.value.length > 0) said.push(`Before the start, what an earlier run (scan ${other}) had left was removed.`);
  }
  return succeed(said);
};

interface Manifest {
  readonly metadata: { readonly name: string };
}

/** Creates an object, or finds that an earlier try of this very scan has. */
const create = async ({ access, scanId }: Maker, path: string, manifest: Manifest): Promise<Result<Made>> => {
  const made = await access.create(path, manifest, Made);
  if (made.ok || made.failure.code !== 'conflict') return made;
  const there = await access.get(`${path}/${manifest.metadata.name}`, Made);
  if (!there.ok) return there;
  const owner = scanOf(there.value);
  // an administrator may have made the namespace
  return owner === asLabel(scanId) || (owner === undefined && path.endsWith('/namespaces')) ? there : underWay(owner ?? 'of somebody else');
};

/** How long a new namespace may be without what pods need in it. */
const settleMs = 15_000;

/** Starts the pod; one that an earlier try of this scan started goes on, with the nonce it was given. */
const startPod = async (maker: Maker, ticket: ConformanceTicket, more: object): Promise<Result<string>> => {
  for (let [attempt, waited] = [0, 0]; ; attempt += 1) {
    const made = await maker.access.create(podsPath(conformanceHome), podManifest({ ...ticket, ...more }), SuitePod);
    if (made.ok) return succeed(ticket.nonce);
    if (made.failure.code === 'conflict') {
      const there = await maker.access.get(podPath, SuitePod);
      if (!there.ok) return there;
      const nonce = there.value.metadata.annotations?.[nonceAnnotation];
      return scanOf(there.value) === asLabel(maker.scanId) && nonce !== undefined
        ? succeed(nonce)
        : underWay(scanOf(there.value) ?? 'unknown');
    }
    if (!/service ?account/i.test(made.failure.say) || waited >= settleMs || maker.signal.aborted) return made;
    await maker.sleep(nextWait(attempt), maker.signal);
    waited += nextWait(attempt);
  }
};

const startAll = async (maker: Maker, ticket: ConformanceTicket, more: object): Promise<Result<ConformanceTicket>> => {
  const home = await create(maker, '/api/v1/namespaces', namespaceManifest(conformanceHome, maker.scanId));
  if (!home.ok) return home;
  const account = await create(maker, accountsPath, accountManifest(maker.scanId));
  if (!account.ok) return account;
  const binding = await create(maker, bindingsPath, bindingManifest(maker.scanId));
  if (!binding.ok) return binding;
  const nonce = await startPod(maker, ticket, more);
  if (!nonce.ok) return nonce;
  const madeAt = binding.value.metadata.creationTimestamp ?? ticket.startedAt;
  return succeed({ ...ticket, nonce: nonce.value, madeAt });
};

const remove = (access: ClusterAccess, { now, sleep, scanId }: Maker) => removeRun({ access, scanId, now, sleep });

/** Looks whether the suite may run, and starts it. Can be repeated: what an earlier try of the same scan has made is used. What a failed start has made is removed. */
export const startSuite = async (
  { cluster, scanId }: ScanTarget,
  { conformance = {} }: ConformanceOptions,
  ports: Ports,
): Promise<Result<ConformanceTicket>> => {
  const maker: Maker = { ...ports, scanId };
  const image = suiteImage(cluster.kubernetesVersion, conformance);
  if (!image.ok) return image;
  const looked = await lookBeforeStart(ports.access);
  if (!looked.ok) return looked;
  const room = await makeRoom(maker);
  if (!room.ok) return room;
  if (ports.signal.aborted) return failed('cancelled', 'The scan was cancelled before the suite was started.');
  const startedAt = ports.now();
  const ticket: ConformanceTicket = {
    cluster,
    scanId,
    mode: modeOf(conformance),
    selection: selectionOf(conformance),
    image: image.value,
    outputImage: conformance.outputImage ?? defaultOutputImage,
    nonce: randomBytes(16).toString('hex'),
    startedAt,
    madeAt: startedAt,
    limitMinutes: conformance.limitMinutes ?? defaultLimitMinutes,
    nodes: looked.value.nodes,
    notes: [...looked.value.notes, ...room.value],
  };
  const { registry, pullSecrets } = conformance;
  const started = await startAll(maker, ticket, { registry, pullSecrets });
  if (!started.ok) await remove(ports.cleaner ?? ports.access, maker);
  return started;
};
