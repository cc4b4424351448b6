import { type NodeFact, type NodeFilesFact, type Slice, seen, unseen } from '../../../core/facts/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { asLabel, podsPath, scanLabel, selectorOf } from '../../pods/home.ts';
import { ensureNamespace, removeNamespace } from '../../pods/namespace.ts';
import { PodAnswer } from '../../pods/schema.ts';
import type { Timing } from '../../pods/timing.ts';
import { type Look, lookAtNode } from './look-at-node.ts';
import { nodeFactsHome } from './manifest.ts';
import { lookScript } from './script.ts';

export interface NodeFactsInput extends Timing {
  readonly access: ClusterAccess;
  /** Access that outlives `signal`, for removing what was made; `access` itself where that does not end with the signal. */
  readonly cleaner?: ClusterAccess;
  readonly nodes: readonly NodeFact[];
  readonly scanId: string;
  readonly image: string;
  readonly signal: AbortSignal;
  readonly progress?: (event: { readonly done: number; readonly total: number; readonly doing: string }) => void;
  /** Told, as a sentence, what could not be removed. */
  readonly leftBehind?: (sentence: string) => void;
  /** Nodes that are looked at at the same time; default 8. */
  readonly atOnce?: number;
}

/** Why no pod can look at a node; undefined when one can. */
const unsuitable = ({ ready, operatingSystem }: NodeFact): string | undefined => {
  if (operatingSystem === 'windows') return 'On a Windows node files have no owners and modes as the controls mean them.';
  return ready ? undefined : 'The node is not ready, so no pod was started on it.';
};

const lookAtAll = async (look: Look, input: NodeFactsInput): Promise<Slice<readonly NodeFilesFact[]>> => {
  const { nodes, signal, progress, atOnce = 8 } = input;
  const facts: (NodeFilesFact | undefined)[] = [];
  const prefix = `node-facts-${asLabel(input.scanId)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-12)}`;
  const queue = nodes.entries();
  let done = 0;
  let everywhere: string | undefined;
  const worker = async (): Promise<void> => {
    for (const [at, node] of queue) {
      if (signal.aborted || everywhere !== undefined) return;
      const reason = unsuitable(node);
      if (reason === undefined) {
        const looked = await lookAtNode(look, node, `${prefix}-${at}`);
        facts[at] = looked.fact;
        everywhere ??= looked.everywhere;
      } else facts[at] = { node: node.name, role: node.role, read: false, reason };
      done += 1;
      progress?.({ done, total: nodes.length, doing: 'looking at files on nodes' });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, nodes.length) }, worker));
  if (signal.aborted) return unseen('The scan was cancelled while it looked at the nodes.');
  if (everywhere !== undefined) return unseen(everywhere);
  return seen(facts.filter((fact) => fact !== undefined));
};

/** Removes what this scan made: pods that are left, and then the namespace if it made that. */
const cleanUp = async (access: ClusterAccess, { scanId, leftBehind, ...timing }: NodeFactsInput): Promise<void> => {
  const left: string[] = [];
  const pods = await access.list(podsPath(nodeFactsHome), PodAnswer, ({ metadata }) => left.push(metadata.name), {
    query: { labelSelector: `${selectorOf(nodeFactsHome)},${scanLabel}=${asLabel(scanId)}` },
  });
  for (const name of left) {
    const removed = await access.remove(`${podsPath(nodeFactsHome)}/${name}`);
    if (!removed.ok) leftBehind?.(`The pod ${name} could not be removed: ${removed.failure.say}`);
  }
  // who may not list had each pod removed by its name already
  if (!pods.ok && !['not-found', 'permission-missing'].includes(pods.failure.code))
    leftBehind?.(`Whether pods are left could not be seen: ${pods.failure.say}`);
  const namespace = await removeNamespace(nodeFactsHome, access, { scanId }, timing);
  if (!namespace.ok) leftBehind?.(namespace.failure.say);
};

/**
 * Looks at files and processes of every node by one short-lived pod each, and leaves nothing behind: not after a failure, and not after a cancel. A node that could not be
 * looked at is in the answer with its reason; what hinders all nodes alike is the reason of the slice. The answer is plain JSON, for recordings.
 */
export const collectNodeFacts = async (input: NodeFactsInput): Promise<Slice<readonly NodeFilesFact[]>> => {
  const { access, cleaner = access, signal, scanId, image } = input;
  const timing: Timing = { now: input.now, sleep: input.sleep };
  try {
    const ready = await ensureNamespace(nodeFactsHome, access, scanId, timing, signal);
    if (!ready.ok) return unseen(ready.failure.say);
    return await lookAtAll({ access, cleaner, timing, signal, scanId, image, script: lookScript(), leftBehind: input.leftBehind }, input);
  } finally {
    await cleanUp(cleaner, input);
  }
};
