import type { HttpRequest } from '../../../core/probing/index.ts';
import { type Asked, couldNotLook, defineProbe, httpOf, isSilent, shown } from '../probe.ts';

const ask = (method: HttpRequest['method'], path: string, headers?: Readonly<Record<string, string>>): HttpRequest => ({
  is: 'http',
  over: 'plain',
  method,
  path,
  mostBytes: 2_048,
  ...(headers ? { headers } : {}),
});

const azure = ask('GET', '/metadata/instance?api-version=2017-08-01', { Metadata: 'true' });
const google = ask('GET', '/computeMetadata/v1/instance/id', { 'Metadata-Flavor': 'Google' });
const awsOld = ask('GET', '/latest/meta-data/');
/** The token itself is never used: that it is given out is the proof. */
const awsNew = ask('PUT', '/latest/api/token', { 'X-aws-ec2-metadata-token-ttl-seconds': '1' });

/** Which cloud answered, by what only its service says. */
const cloudOf = ({ path, http: { status, body, headers } }: ReturnType<typeof httpOf>[number]): string | undefined => {
  if (status !== 200) return undefined;
  if (path.startsWith('/metadata/instance') && /"(compute|network)"\s*:/.test(body)) return 'Azure';
  if (path.startsWith('/computeMetadata') && headers['metadata-flavor'] === 'Google') return 'Google Cloud';
  if (path === '/latest/meta-data/' && /^(ami-id|instance-id|hostname)/m.test(body)) return 'AWS or OpenStack, version 1';
  if (path === '/latest/api/token' && /^[\w-]{20,}={0,2}$/.test(body.trim())) return 'AWS, version 2';
  return undefined;
};

const told = (asked: readonly Asked[]) =>
  httpOf(asked).flatMap((one) => (cloudOf(one) === undefined ? [] : [{ ...one, cloud: cloudOf(one) }]));

export const instanceMetadata = defineProbe({
  id: 'exposure/pod/instance-metadata',
  covers: ['KHV003', 'KHV053', 'POD-02'],
  title: 'Pods cannot ask the metadata service of the machine',
  severity: 'high',
  why: 'The metadata service hands the credentials of the machine to whoever asks from it, so that one compromised pod becomes a compromised machine and what its identity may do.',
  repair: 'Deny pods the way to 169.254.169.254 by a NetworkPolicy or a rule of the nodes, or limit its answers to one hop.',
  techniques: ['T1552.005'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/securing-a-cluster/#restricting-cloud-metadata-api-access'],
  intrusiveness: 'reading',
  leaves: 'Nothing in the cluster; a metadata service may count requests, and one token of one second is made on AWS.',
  doors: { places: ['metadata'], vantages: ['internal'] },
  send: (_, soFar) => (soFar.length === 0 ? [azure, google, awsOld, awsNew] : []),
  judge: (_, asked) => {
    const clouds = told(asked);
    if (clouds.length > 0)
      return {
        outcome: 'fail',
        message: 'A pod can ask the metadata service of the machine it runs on.',
        evidence: clouds.map(({ asked: one, cloud }) => shown(one, cloud)),
      };
    if (isSilent(asked)) return couldNotLook(asked);
    return { outcome: 'pass', message: 'What answers there tells a pod nothing of the machine.', evidence: asked.map((one) => shown(one)) };
  },
});
