import { couldNotLook, defineProbe, get, shown } from '../probe.ts';
import { answerTo, askEtcd, closeEtcd, etcdDoors, etcdLeaves, etcdPages, judgeEtcd, peerPort } from './etcd.ts';

const doors = etcdDoors(peerPort);

export const members = defineProbe({
  id: 'exposure/etcd/members',
  covers: ['ETC-05'],
  title: 'The port for members of etcd is open to members only',
  severity: 'high',
  why: 'Over this port members copy the whole store and vote: whoever is taken for one reads everything and can stop the cluster.',
  repair: closeEtcd,
  techniques: ['T1613', 'T1133'],
  references: etcdPages,
  intrusiveness: 'reading',
  leaves: etcdLeaves,
  doors,
  send: askEtcd((door, soFar) => (soFar.length === 1 ? get(door, '/members') : [])),
  judge: judgeEtcd(doors, (asked) => {
    const list = answerTo(asked, '/members');
    if (list === undefined) return couldNotLook(asked);
    return list.http.status === 200 && /^\s*\[\s*\{[^}]*"peerURLs"/.test(list.http.body)
      ? {
          outcome: 'fail',
          message: 'etcd tells its members to anybody, at the port where members talk to each other.',
          evidence: [shown(list.asked, 'a list of members')],
        }
      : undefined;
  }),
});
