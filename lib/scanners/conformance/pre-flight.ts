import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { observeNodes } from '../configuration/nodes.ts';
import type { ConformanceFacts } from './facts.ts';
import { listTestNamespaces } from './leftovers.ts';
import { Made, Review, SuiteNode } from './schema.ts';

/** What was looked at before the suite starts, and what the reader of the report should know of it. */
export interface PreFlight {
  readonly nodes: ConformanceFacts['nodes'];
  readonly notes: readonly string[];
}

const mayBecomeAdmin = async (access: ClusterAccess): Promise<Result<boolean>> => {
  const resourceAttributes = { verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles', name: 'cluster-admin' };
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
  const answer = await access.create('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body, Review);
  return answer.ok ? succeed(answer.value.status.allowed) : answer;
};

const plural = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

const say = (names: readonly string[], sentence: (names: string) => string): readonly string[] =>
  names.length > 0 ? [sentence(some(names))] : [];

const isTainted = ({ spec }: SuiteNode, key: string): boolean => spec?.taints?.some((taint) => taint.key.startsWith(key)) === true;

const examineNodes = async (access: ClusterAccess): Promise<Result<PreFlight>> => {
  const read = await observeNodes(access);
  if (!read.read) return failed('permission-missing', `The nodes of the cluster could not be listed: ${read.reason}`);
  const raw: SuiteNode[] = [];
  const listed = await access.list('/api/v1/nodes', SuiteNode, (node) => void raw.push(node));
  if (!listed.ok) return listed;
  const facts = read.value;
  const isReady = new Map(facts.map(({ name, ready }) => [name, ready]));
  const schedulable = raw.filter(
    (node) => node.spec?.unschedulable !== true && isReady.get(node.metadata.name) && !isTainted(node, 'node-role.kubernetes.io/'),
  );
  if (schedulable.length === 0)
    return failed(
      'conflict',
      'No node of the cluster is ready and takes ordinary pods, so no test could run; look at `kubectl get nodes` first.',
    );
  const names = (holds: (node: (typeof facts)[number]) => boolean) => facts.filter(holds).map(({ name }) => name);
  const traced = raw.filter(({ metadata: { labels = {} }, spec }) =>
    [...Object.keys(labels), ...(spec?.taints ?? []).map(({ key }) => key)].some((key) => key.includes('e2e')),
  );
  return succeed({
    nodes: facts.map(({ name, role, kubeletVersion, osImage }) => ({ name, role, kubeletVersion, osImage })),
    notes: [
      ...say(
        names(({ ready }) => !ready),
        (which) => `Before the start these nodes were not ready, so tests may fail for them: ${which}.`,
      ),
      ...say(
        names(({ cordoned }) => cordoned === true),
        (which) => `Before the start these nodes were in maintenance (cordoned): ${which}.`,
      ),
      ...(schedulable.length < 2
        ? [
            `Only ${plural(schedulable.length, 'node')} takes ordinary pods; some tests need two and fail for lack of room, and a certified run asks for two.`,
          ]
        : []),
      ...say(
        traced.map(({ metadata }) => metadata.name),
        (which) => `Before the start these nodes bore labels or taints of an earlier run of the suite: ${which}.`,
      ),
    ],
  });
};

/** Namespaces in which other tools run the same suite. */
const otherTools = ['sonobuoy', 'conformance'];

const examineOthers = async (access: ClusterAccess): Promise<readonly string[]> => {
  const seen = await Promise.all(otherTools.map((name) => access.get(`/api/v1/namespaces/${name}`, Made)));
  const there = seen.flatMap((one) => (one.ok ? [one.value.metadata.name] : []));
  const old = (await listTestNamespaces(access))
    .filter(({ status }) => status?.phase !== 'Terminating')
    .map(({ metadata }) => metadata.name);
  return [
    ...say(
      there,
      (which) =>
        `Before the start there was the namespace ${which}, in which another tool runs conformance tests; two runs at a time disturb each other.`,
    ),
    ...say(old, (which) => `Before the start there were namespaces that an earlier run of the suite had left: ${which}.`),
  ];
};

/** Looks before the start. Fails for what makes a run pointless; everything else is a sentence for the report. */
export const lookBeforeStart = async (access: ClusterAccess): Promise<Result<PreFlight>> => {
  const may = await mayBecomeAdmin(access);
  if (!may.ok) return may;
  if (!may.value)
    return failed(
      'permission-missing',
      'A conformance scan needs rights like those of a cluster administrator, because the suite creates, changes and removes whatever a cluster can hold; this credential may not bind the role cluster-admin. Apply what `gatehouse permissions --kind conformance` prints, or use the credential of an administrator.',
      'bind clusterroles cluster-admin',
    );
  const nodes = await examineNodes(access);
  if (!nodes.ok) return nodes;
  return succeed({ ...nodes.value, notes: [...nodes.value.notes, ...(await examineOthers(access))] });
};
