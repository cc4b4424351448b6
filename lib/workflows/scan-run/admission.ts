import { succeed } from '../../core/failure.ts';
import { isOther, withLook } from '../../fleet/cluster-rules.ts';
import { isFinal } from '../../fleet/scan.ts';
import { admit, type NodeSeen } from '../../fleet/scan-rules.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import { lookAtCluster } from '../look-at-cluster.ts';
import { eventsOf, tell } from './ending.ts';
import type { DurableKind } from './kinds.ts';
import { takeLane } from './lanes.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { withCluster } from './reach.ts';
import { moveScan, readScan } from './store.ts';

export type Admission =
  /** It has ended already, or was never there: nothing is to be done. */
  | { readonly is: 'over' }
  | { readonly is: 'refused'; readonly reason: string }
  | {
      readonly is: 'admitted';
      readonly cluster: { readonly uid: string; readonly name: string; readonly kubernetesVersion: string };
      /** The nodes as they were before, to tell at the end whether some came, went or changed. */
      readonly nodes: readonly NodeSeen[];
    };

const refused = (reason: string): Admission => ({ is: 'refused', reason });
const lookSeconds = 60;

/** Whether the run may start now: nobody cancelled it, no other of its kind is alive, and the cluster answers and is in a state to be scanned. */
export const admission = async (ports: ScanRunPorts, run: ScanRun, kind: DurableKind | undefined): Promise<Admission> => {
  const scan = (await readScan(ports, run))?.value;
  if (!scan || isFinal(scan.state)) return { is: 'over' };
  if (!kind) return refused(`This version of Gatehouse cannot run ${scan.kind} scans yet; update it.`);
  const cluster = await ports.records.clusters.get({ projectId: run.projectId, clusterId: run.clusterId });
  if (!cluster || cluster.value.state === 'removed') return refused('The cluster was removed.');
  const project = await ports.records.projects.get(run.projectId);
  if (!project) return refused('The project was removed.');
  const possible = kind.within(scan.options, project.value);
  if (!possible.ok) return refused(possible.failure.say);
  const holder = await takeLane(ports, scan);
  const seen = await withCluster(ports, run.clusterId, AbortSignal.timeout(1000 * lookSeconds), async (connected) =>
    lookAtCluster(connected.access, ports.clock.now()),
  );
  if (!seen.ok) return refused(`The cluster cannot be scanned: ${seen.failure.say}`);
  const { health, found } = seen.value;
  const { projectId, clusterId } = run;
  await ports.records.clusters.update({ projectId, clusterId }, (now) => succeed(withLook(now, { health, uid: found?.uid })));
  const decision = admit({
    kind: scan.kind,
    startsPods: kind.startsPods(scan.options),
    clusterState: cluster.value.state,
    health,
    ...(holder === scan.id ? {} : { laneHolder: holder }),
  });
  if (!decision.go) return refused(decision.reason);
  if (!found) throw new RetryThis('the cluster was admitted without being seen');
  if (isOther(cluster.value, found.uid))
    return refused(
      `The kubeconfig leads to another cluster (${found.uid}) than the one that was registered (${cluster.value.uid}); register that one on its own.`,
    );
  const begun = await moveScan(ports, run, 'running', { startedAt: scan.startedAt ?? ports.clock.now() });
  await tell(ports, eventsOf(begun, 0));
  return {
    is: 'admitted',
    cluster: { uid: found.uid, name: cluster.value.name, kubernetesVersion: found.kubernetesVersion },
    nodes: (found.nodes ?? []).map(({ name, kubeletVersion }) => ({ name, kubeletVersion })),
  };
};
