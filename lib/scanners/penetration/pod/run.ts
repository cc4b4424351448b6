import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Door, Sight } from '../../../core/probing/index.ts';
import { readTime } from '../../../core/time.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { asLabel, namespacePath, podsPath } from '../../pods/home.ts';
import { ensureNamespace } from '../../pods/namespace.ts';
import { progressOf } from '../../pods/pod-progress.ts';
import { PodAnswer } from '../../pods/schema.ts';
import { sweepLeftovers } from '../../pods/sweep.ts';
import { nextWait, type Timing } from '../../pods/timing.ts';
import { packDoors } from '../targets/index.ts';
import { probeHome } from './home.ts';
import { longestLog, readLetter } from './letter.ts';
import { configMapManifest, mostConfigMapBytes, podManifest } from './manifest.ts';
import type { Plan } from './plan.ts';

export interface ProbePodInput extends Timing {
  readonly access: ClusterAccess;
  /** Access that outlives `signal`, for removing what was made. */
  readonly cleaner: ClusterAccess;
  readonly signal: AbortSignal;
  readonly scanId: string;
  readonly version: string;
  readonly image: string;
  readonly doors: readonly Door[];
  /** Milliseconds until it must be over, whatever the pod does; no limit but the pod's own without. */
  readonly withinMs?: number | undefined;
  /** Text of the program, an ES module. */
  readonly program: string;
  /** Told, as a sentence, what could not be removed. */
  readonly leftBehind?: ((sentence: string) => void) | undefined;
}

const Made = z.object({ metadata: z.object({ name: z.string() }) });
const configMaps = `${namespacePath(probeHome)}/configmaps`;
const pods = podsPath(probeHome);
/** How long a new namespace may be without its default ServiceAccount, which every pod needs although ours gets no token. */
const accountMs = 10_000;
/** Beyond the pod's own deadline, which begins only when the kubelet has seen the pod. */
const longestMs = (probeHome.deadlineSeconds + 60) * 1_000;
/** What the pod needs besides looking: to be placed, to start, and to write down what it saw before somebody ends it. */
const aroundLookingMs = 60_000;
const longestOf = ({ withinMs = longestMs }: ProbePodInput): number => Math.min(withinMs, longestMs);
/** How long the program may look. What it does not come to is unasked; a pod that is ended in the middle says nothing at all. */
const lookMsOf = (input: ProbePodInput): number =>
  Math.max(0, Math.min(longestOf(input), probeHome.deadlineSeconds * 1_000) - aroundLookingMs);
const cancelled = failed('cancelled', 'The scan was cancelled while its pod looked around.');

/** Names of this scan's objects: lower-case letters, digits and dashes. */
export const podName = (scanId: string): string =>
  `probe-${asLabel(scanId)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-12)}`;

/** Creates an object; one that an earlier try of the same scan left is replaced, because what it holds is not known to be whole. */
const create = async (
  input: ProbePodInput,
  path: string,
  manifest: { readonly metadata: { readonly name: string } },
): Promise<Result<void>> => {
  for (let [attempt, waited] = [0, 0]; ; attempt += 1) {
    const made = await input.access.create(path, manifest, Made);
    if (made.ok) return succeed(undefined);
    const { failure } = made;
    const isEarlierTry = failure.code === 'conflict';
    if (isEarlierTry) await input.cleaner.remove(`${path}/${manifest.metadata.name}`);
    const mayCome = (isEarlierTry || /service ?account/i.test(failure.say)) && waited < accountMs;
    if (!mayCome || input.signal.aborted) return made;
    await input.sleep(nextWait(attempt), input.signal);
    waited += nextWait(attempt);
  }
};

const waitForPod = async (input: ProbePodInput, pod: string): Promise<Result<void>> => {
  const { access, signal, sleep, now, image } = input;
  const mostMs = longestOf(input);
  const start = readTime(now()) ?? 0;
  for (let attempt = 0; ; attempt += 1) {
    await sleep(nextWait(attempt), signal);
    if (signal.aborted) return cancelled;
    const got = await access.get(`${pods}/${pod}`, PodAnswer);
    if (!got.ok && got.failure.code === 'not-found')
      return failed('conflict', 'Somebody removed the pod before it had answered; a policy controller or an eviction may have.');
    if (!got.ok) return got;
    const progress = progressOf(got.value, image, probeHome);
    if (progress === 'succeeded') return succeed(undefined);
    if (progress !== 'waiting') return failed('answer-invalid', progress.reason);
    if ((readTime(now()) ?? 0) - start > mostMs)
      return failed(
        'timed-out',
        `The pod had not finished after ${Math.round(mostMs / 1_000)} seconds; is there a node that takes ordinary pods?`,
      );
  }
};

const readLog = async ({ access, signal, sleep, doors }: ProbePodInput, pod: string, nonce: string): Promise<Result<Sight>> => {
  for (let attempt = 0; ; attempt += 1) {
    const log = await access.text(`${pods}/${pod}/log`, { container: 'look', limitBytes: String(longestLog) });
    const sight = log.ok ? readLetter(log.value, nonce, 'internal', doors) : log;
    // the last lines of a container that has just ended can be late
    if (sight.ok || attempt === 2 || !log.ok || signal.aborted) return sight;
    await sleep(nextWait(attempt + 1), signal);
  }
};

/** Looks from a pod: hands program and plan over, waits, reads the log, and removes everything again, whatever happens. */
export const lookFromPod = async (input: ProbePodInput): Promise<Result<Sight>> => {
  const { access, cleaner, scanId, version, now, sleep, signal, doors } = input;
  const name = podName(scanId);
  const plan: Plan = { scanId, version, nonce: name, now: now(), lookMs: lookMsOf(input), doors: packDoors(doors) };
  const files = [gzipSync(input.program), gzipSync(JSON.stringify(plan))] as const;
  if (4 * Math.ceil((files[0].length + files[1].length) / 3) > mostConfigMapBytes)
    return failed(
      'input-invalid',
      'The cluster has more addresses than one pod can be told of; name fewer with --targets, or scan from outside only.',
    );
  const timing: Timing = { now, sleep };
  try {
    const ready = await ensureNamespace(probeHome, access, scanId, timing, signal);
    if (!ready.ok) return ready;
    const handed = await create(input, configMaps, configMapManifest({ name, scanId }, ...files));
    if (!handed.ok) return handed;
    const started = await create(input, pods, podManifest({ name, scanId, image: input.image }));
    if (!started.ok) return started;
    const ended = await waitForPod(input, name);
    return ended.ok ? await readLog(input, name, name) : ended;
  } finally {
    const swept = await sweepLeftovers({ home: probeHome, access: cleaner, scanId, ...timing });
    if (!swept.ok) input.leftBehind?.(`What the pod of the internal vantage left could not be removed: ${swept.failure.say}`);
  }
};
