import { type Slice, seen, unseen } from '../../../core/facts/index.ts';
import { type Result, succeed } from '../../../core/failure.ts';
import { type Right, rightText } from '../../../core/need.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { inTurn } from '../../configuration/listing.ts';
import { AccessReview } from './schema.ts';

const onNodes = (verb: Right['verb'], subresource: string): Right => ({ verb, apiGroup: '', resource: `nodes/${subresource}` });
/** What a kubelet lets somebody do by rights of the API server: `proxy` is all of it, up to commands in every pod. */
const asked: readonly Right[] = [
  onNodes('get', 'proxy'),
  onNodes('create', 'proxy'),
  onNodes('get', 'log'),
  onNodes('get', 'stats'),
  onNodes('get', 'metrics'),
  onNodes('get', 'configz'),
  // whoever may delete nodes runs the cluster: that the proxy comes with it says nothing more
  { verb: 'delete', apiGroup: '', resource: 'nodes' },
];

const bodyFor = ({ verb, apiGroup, resource }: Right): unknown => {
  const [base, subresource] = resource.split('/');
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group: apiGroup, resource: base, subresource } },
  };
};

const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Whether the credential of the scan holds a right. Writes nothing: an access review is a question. */
export const holdsRight = async (access: ClusterAccess, right: Right): Promise<Result<boolean>> => {
  const answer = await access.create(path, bodyFor(right), AccessReview);
  return answer.ok ? succeed(answer.value.status.allowed) : answer;
};

/** Which rights on kubelets the credential of the scan holds, e.g. `get nodes/proxy`. */
export const observeOwnNodeRights = async (access: ClusterAccess): Promise<Slice<readonly string[]>> => {
  const answers = await inTurn(asked.map((right) => async () => ({ right, answer: await holdsRight(access, right) })));
  const held: string[] = [];
  for (const { right, answer } of answers) {
    if (!answer.ok) return unseen(answer.failure.say);
    if (answer.value) held.push(rightText(right));
  }
  return seen(held);
};
