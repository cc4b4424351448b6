import { couldNotLook, defineProbe, httpOf, shown } from '../probe.ts';
import { askEtcd, clientPort, closeEtcd, etcdDoors, etcdLeaves, etcdPages, isOfGateway, judgeEtcd, question, wantsUser } from './etcd.ts';

const doors = etcdDoors(clientPort);
const auth = '/v3/auth/status';
const status = '/v3/maintenance/status';

export const withoutLogin = defineProbe({
  id: 'exposure/etcd/without-login',
  covers: ['ETC-03'],
  title: 'Where etcd asks for no certificate, it asks for a user',
  severity: 'high',
  why: 'Without certificates and without users everybody who can reach etcd is its administrator.',
  repair: closeEtcd,
  techniques: ['T1613', 'T1133'],
  references: [...etcdPages, 'https://etcd.io/docs/latest/op-guide/authentication/rbac/'],
  intrusiveness: 'reading',
  leaves: etcdLeaves,
  doors,
  send: askEtcd((door, soFar) => (soFar.length === 1 ? [question(door, auth, {}), question(door, status, {})] : [])),
  judge: judgeEtcd(doors, (asked) => {
    const answers = httpOf(asked);
    const users = answers.find(({ path }) => path === auth);
    const health = answers.find(({ path }) => path === status);
    // `enabled` is left out where it is false
    if (users && isOfGateway(users.http) && !/"enabled"\s*:\s*true/.test(users.http.body))
      return {
        outcome: 'fail',
        message: 'etcd knows no users: whoever reaches it may do everything.',
        evidence: [shown(users.asked, 'users are switched off')],
      };
    if (health && isOfGateway(health.http) && /"dbSize"/.test(health.http.body))
      return {
        outcome: 'fail',
        severity: 'low',
        message: 'etcd tells anybody its version, its size and who leads.',
        evidence: [shown(health.asked, 'the state of the member')],
      };
    if (answers.length < asked.length) return couldNotLook(asked);
    return users && (wantsUser(users.http) || isOfGateway(users.http))
      ? { outcome: 'pass', message: 'etcd asks for a user.', evidence: asked.slice(1).map((one) => shown(one)) }
      : undefined;
  }),
});
