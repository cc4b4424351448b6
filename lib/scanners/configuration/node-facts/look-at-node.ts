import type { NodeFact, NodeFilesFact } from '../../../core/facts/index.ts';
import type { Failure } from '../../../core/failure.ts';
import { readTime } from '../../../core/time.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { podsPath as podsPathOf } from '../../pods/home.ts';
import { progressOf } from '../../pods/pod-progress.ts';
import { PodAnswer } from '../../pods/schema.ts';
import { nextWait, type Timing } from '../../pods/timing.ts';
import { nodeFactsHome, nodeFactsNamespace, podDeadlineSeconds, podManifest } from './manifest.ts';
import { longestLog, parseLog, type Seen } from './parse.ts';
import { lookArguments } from './script.ts';

const podsPath = podsPathOf(nodeFactsHome);

/** What looking at one node takes. */
export interface Look {
  readonly access: ClusterAccess;
  /** For removing the pod: must still work when the user has cancelled the scan. */
  readonly cleaner: ClusterAccess;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  readonly scanId: string;
  readonly image: string;
  readonly script: string;
  /** Told, as a sentence, what could not be removed. */
  readonly leftBehind?: ((sentence: string) => void) | undefined;
}

/** Something that keeps every pod from starting, so that the other nodes need not be tried. */
type Outcome = { readonly seen: Seen } | { readonly reason: string; readonly everywhere?: true };

const cancelled = 'The scan was cancelled before the node had been looked at.';
/** Beyond the pod's own deadline, which begins only when the kubelet has seen the pod. */
const longestMs = (podDeadlineSeconds + 30) * 1_000;
/** How long a new namespace may be without its default ServiceAccount, which every pod needs although ours gets no token. */
const accountMs = 10_000;
/** How long the pod of an earlier try of the same scan may take to go. */
const leavingMs = 30_000;

const sentence = ({ say }: Failure, pod: string): string => say.replaceAll(pod, 'node-facts');

const refusalOf = (failure: Failure, pod: string): string =>
  /PodSecurity/i.test(failure.say)
    ? `The namespace ${nodeFactsNamespace.name} enforces a Pod Security level that forbids the pod; label it with pod-security.kubernetes.io/enforce=privileged.`
    : sentence(failure, pod);

const startPod = async (look: Look, pod: string, node: string): Promise<Outcome | undefined> => {
  const manifest = podManifest({ ...look, name: pod, node, arguments: lookArguments(pod) });
  for (let [attempt, waited] = [0, 0]; ; attempt += 1) {
    const made = await look.access.create(podsPath, manifest, PodAnswer);
    if (made.ok) return undefined;
    const { failure } = made;
    // the name holds the id of this scan: it is the pod of a try that was cut off, and what it would answer is not known to be whole
    const isEarlierTry = failure.code === 'conflict' && waited < leavingMs;
    if (isEarlierTry) await look.cleaner.remove(`${podsPath}/${pod}`);
    const mayCome = isEarlierTry || (/service ?account/i.test(failure.say) && waited < accountMs);
    if (!mayCome || look.signal.aborted) {
      // a right or a namespace that is missing is missing for every node; a policy may let some through
      const everywhere = failure.needs !== undefined || failure.code === 'not-found';
      return { reason: refusalOf(failure, pod), ...(everywhere ? { everywhere } : {}) };
    }
    await look.timing.sleep(nextWait(attempt), look.signal);
    waited += nextWait(attempt);
  }
};

const waitForPod = async ({ access, timing, signal, image }: Look, pod: string): Promise<Outcome | undefined> => {
  const start = readTime(timing.now()) ?? 0;
  for (let attempt = 0; ; attempt += 1) {
    await timing.sleep(nextWait(attempt), signal);
    if (signal.aborted) return { reason: cancelled };
    const got = await access.get(`${podsPath}/${pod}`, PodAnswer);
    if (!got.ok)
      return {
        reason:
          got.failure.code === 'not-found'
            ? 'Somebody removed the pod before it had answered; a policy controller or an eviction may have.'
            : sentence(got.failure, pod),
      };
    const progress = progressOf(got.value, image, nodeFactsHome);
    if (progress === 'succeeded') return undefined;
    if (progress !== 'waiting') return progress;
    if ((readTime(timing.now()) ?? 0) - start > longestMs)
      return { reason: `The pod had not finished after ${longestMs / 1_000} seconds; is the kubelet of the node alive?` };
  }
};

const readLog = async ({ access, timing, signal }: Look, pod: string): Promise<Outcome> => {
  for (let attempt = 0; ; attempt += 1) {
    const log = await access.text(`${podsPath}/${pod}/log`, { container: 'look', limitBytes: String(longestLog) });
    const seen = log.ok ? parseLog(log.value, pod) : log;
    if (seen.ok) return { seen: seen.value };
    // the last lines of a container that has just ended can be late
    if (attempt === 2 || !log.ok || signal.aborted) return { reason: sentence(seen.failure, pod) };
    await timing.sleep(nextWait(attempt + 1), signal);
  }
};

/** Starts the pod on a node, waits for it, reads what it saw and removes it, whatever happens. Answers the facts, and a reason that holds for all nodes if there is one. */
export const lookAtNode = async (
  look: Look,
  { name: node, role }: NodeFact,
  pod: string,
): Promise<{ readonly fact: NodeFilesFact; readonly everywhere?: string }> => {
  let started = false;
  const steps = async (): Promise<Outcome> => {
    const refused = await startPod(look, pod, node);
    started = refused === undefined;
    return refused ?? (await waitForPod(look, pod)) ?? (await readLog(look, pod));
  };
  try {
    const outcome = await steps();
    if ('seen' in outcome) return { fact: { node, role, ...outcome.seen } };
    return { fact: { node, role, read: false, reason: outcome.reason }, ...(outcome.everywhere ? { everywhere: outcome.reason } : {}) };
  } finally {
    // also after a failed creation: the answer may have been lost on the way; what stays is found by its label at the end
    const removed = await look.cleaner.remove(`${podsPath}/${pod}`);
    if (!removed.ok && started) look.leftBehind?.(`The pod ${pod} could not be removed: ${removed.failure.say}`);
  }
};
