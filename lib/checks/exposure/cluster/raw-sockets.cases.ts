import { aContainer, aWorkload } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { rawSockets } from './raw-sockets.statement.ts';

const withContext = (securityContext: Parameters<typeof aContainer>[0]) => aWorkload({ containers: [aContainer(securityContext)] });

export const cases = statementCasesFor(rawSockets, [
  {
    name: 'by default',
    given: { workloads: [withContext({ securityContext: {} })] },
    expect: 'fail',
    severity: 'medium',
    says: 'by default',
  },
  { name: 'dropped', given: { workloads: [withContext({ securityContext: { capabilitiesDrop: ['CAP_NET_RAW'] } })] }, expect: 'pass' },
  {
    name: 'dropped and added again',
    given: { workloads: [withContext({ securityContext: { capabilitiesDrop: ['ALL'], capabilitiesAdd: ['NET_RAW'] } })] },
    expect: 'fail',
  },
  {
    name: 'privileged',
    given: { workloads: [withContext({ securityContext: { privileged: true, capabilitiesDrop: ['ALL'] } })] },
    expect: 'fail',
  },
  {
    name: 'two workloads of a namespace, and another namespace without',
    given: {
      workloads: [
        withContext({ securityContext: {} }),
        aWorkload({ name: 'back', containers: [aContainer({ securityContext: {} })] }),
        aWorkload({ namespace: 'safe' }),
      ],
    },
    expect: ['fail', 'pass'],
    says: '2 workloads in namespace shop',
  },
  {
    name: 'Windows',
    given: { workloads: [aWorkload({ os: 'windows', containers: [aContainer({ securityContext: {} })] })] },
    expect: 'pass',
  },
  {
    name: "the cluster's own",
    given: { workloads: [aWorkload({ namespace: 'kube-system', containers: [aContainer({ securityContext: {} })] })] },
    expect: 'not-applicable',
  },
]);
