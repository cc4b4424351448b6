import { defineProbe, shown } from '../probe.ts';
import { askEtcd, clientPort, closeEtcd, etcdDoors, etcdLeaves, etcdPages, judgeEtcd, metricsPort, peerPort } from './etcd.ts';

const doors = etcdDoors(clientPort, peerPort, metricsPort);

export const clearText = defineProbe({
  id: 'exposure/etcd/clear-text',
  covers: ['ETC-04', 'KHV034'],
  title: 'etcd speaks TLS with everybody',
  severity: 'critical',
  why: 'Without TLS whoever is on the way reads and changes what the API server keeps, Secrets included, and no certificate can be asked for.',
  repair: `${closeEtcd} Begin the addresses of \`--listen-client-urls\` and \`--listen-peer-urls\` with \`https://\`.`,
  techniques: ['T1133', 'T1557'],
  references: etcdPages,
  intrusiveness: 'reading',
  leaves: etcdLeaves,
  doors,
  send: askEtcd(() => []),
  judge: judgeEtcd(doors, (_asked, told, door) => {
    // the port for figures tells no version, so what answered here is the one for clients or for members
    return door.greeting.http === 'plain'
      ? { outcome: 'fail', message: 'etcd speaks in clear text.', evidence: [shown(told.asked, 'etcd, without TLS')] }
      : { outcome: 'pass', message: 'etcd speaks TLS.', evidence: [shown(told.asked, 'etcd')] };
  }),
});
