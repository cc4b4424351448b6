import type { HttpAnswer, ProbeRequest } from '../../../core/probing/index.ts';
import { type Asked, couldNotLook, defineProbe, httpOf, type OpenDoor, type ProbeVerdict, shown } from '../probe.ts';
import { askEtcd, clientPort, closeEtcd, etcdDoors, etcdLeaves, etcdPages, isOfGateway, judgeEtcd, question, wantsUser } from './etcd.ts';

/** One name of a key and no value, from what Kubernetes keeps: `/registry/` up to what follows it. */
const ofKubernetes = { key: 'L3JlZ2lzdHJ5Lw==', range_end: 'L3JlZ2lzdHJ5MA==', limit: 1, keys_only: true };
/** The same from all there is. */
const ofAll = { key: 'AA==', range_end: 'AA==', limit: 1, keys_only: true };
const range = '/v3/kv/range';
/** Where etcd 3.3 has it. */
const oldRange = '/v3beta/kv/range';
/** The store of etcd 2, which answers with values where they lie at its root: a few bytes show what it is. */
const oldStore = '/v2/keys/';

const hasKey = (http: HttpAnswer): boolean => isOfGateway(http) && /"kvs"\s*:\s*\[\s*\{\s*"key"/.test(http.body);
const isOfRegistry = ({ body }: HttpAnswer): boolean => /"key"\s*:\s*"L3JlZ2lzdHJ5L/.test(body);
const isOldStore = ({ status, body }: HttpAnswer): boolean => status === 200 && /^\s*\{\s*"action"\s*:\s*"get"\s*,\s*"node"/.test(body);

const next = (door: OpenDoor, soFar: readonly Asked[]): readonly ProbeRequest[] => {
  if (soFar.length === 1)
    return [
      question(door, range, ofKubernetes),
      { is: 'http', over: door.greeting.http === 'plain' ? 'plain' : 'tls', method: 'GET', path: oldStore, mostBytes: 256 },
    ];
  if (soFar.length > 3) return [];
  const first = httpOf(soFar).find(({ path }) => path === range)?.http;
  if (first?.status === 404) return [question(door, oldRange, ofKubernetes)];
  return first && isOfGateway(first) && !hasKey(first) ? [question(door, range, ofAll)] : [];
};

const judgeKeys = (asked: readonly Asked[]): ProbeVerdict | undefined => {
  const answers = httpOf(asked).slice(1);
  const fail = (message: string, one: (typeof answers)[number], found: string, more: Partial<ProbeVerdict> = {}): ProbeVerdict => ({
    outcome: 'fail',
    message,
    evidence: [shown(one.asked, found)],
    ...more,
  });
  const key = answers.find(({ http }) => hasKey(http));
  if (key && isOfRegistry(key.http))
    return fail(
      'Anybody who can reach etcd reads everything that Kubernetes keeps, Secrets included.',
      key,
      'the name of a key of Kubernetes',
    );
  if (key) return fail('Anybody who can reach etcd reads what is kept there.', key, 'the name of a key');
  const old = answers.find(({ http }) => isOldStore(http));
  if (old) return fail('Anybody who can reach etcd reads its old store (version 2).', old, 'a folder of keys');
  const empty = answers.find(({ http }) => isOfGateway(http));
  if (empty)
    return fail('Anybody who can reach etcd may read its keys, though there are none.', empty, 'an answer without keys', {
      severity: 'high',
    });
  if (answers.length < asked.length - 1) return couldNotLook(asked);
  const refusal = answers.find(({ http }) => wantsUser(http));
  return (
    refusal && {
      outcome: 'pass',
      message: 'etcd reads nothing to whoever has no user.',
      evidence: [shown(refusal.asked, 'a user is asked for')],
    }
  );
};

const doors = etcdDoors(clientPort);

export const readableKeys = defineProbe({
  id: 'exposure/etcd/readable-keys',
  covers: ['ETC-02', 'KHV031', 'KHV032'],
  title: 'Nobody without a login reads keys of etcd',
  severity: 'critical',
  why: 'Everything in Kubernetes lies in etcd, Secrets included, and etcd knows no roles by default: whoever reads may write, and whoever writes owns the cluster.',
  repair: closeEtcd,
  techniques: ['T1552.007', 'T1133'],
  references: etcdPages,
  intrusiveness: 'reading',
  leaves: etcdLeaves,
  doors,
  send: askEtcd(next),
  judge: judgeEtcd(doors, judgeKeys),
});
