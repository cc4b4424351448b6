import { defineProbe, get, shown } from '../probe.ts';
import { answerTo, askEtcd, clientPort, closeEtcd, etcdDoors, etcdLeaves, etcdPages, judgeEtcd, peerPort } from './etcd.ts';

const doors = etcdDoors(clientPort, peerPort);
const isHealth = (body: string): boolean => /^\s*\{\s*"health"\s*:\s*"(true|false)"/.test(body);

export const withoutCertificate = defineProbe({
  id: 'exposure/etcd/without-certificate',
  covers: ['ETC-01', 'KHV033'],
  title: 'etcd talks to nobody without a client certificate',
  severity: 'medium',
  why: 'The certificate is all that etcd asks for in a cluster; without it its version and state show, and everything else depends on users that hardly anybody sets up.',
  repair: closeEtcd,
  techniques: ['T1133', 'T1046'],
  references: etcdPages,
  intrusiveness: 'reading',
  leaves: etcdLeaves,
  doors,
  send: askEtcd((door, soFar) => (soFar.length === 1 ? get(door, '/health') : [])),
  judge: judgeEtcd(doors, (asked, told) => {
    const health = answerTo(asked, '/health');
    return {
      outcome: 'fail',
      message: 'etcd answers whoever has no client certificate.',
      evidence: [
        shown(told.asked, `etcd ${told.version}`),
        ...(health && isHealth(health.http.body) ? [shown(health.asked, 'its health')] : []),
      ],
    };
  }),
});
