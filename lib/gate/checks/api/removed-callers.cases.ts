import { seen, unseen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { call, served, use } from './examples.ts';
import { removedCallers } from './removed-callers.check.ts';

const upgrade = '1.36.3 to 1.37.2';
const betas = seen([served('networking.k8s.io/v1beta1', 'IPAddress', 'ServiceCIDR')]);
const stock = seen([served('apps/v1', 'Deployment'), served('networking.k8s.io/v1', 'IPAddress')]);
const address = call('networking.k8s.io/v1beta1', 'ipaddresses', '1.37');
const [long, short] = ['2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z'];

export const cases = gateCasesFor(removedCallers, [
  { name: 'silence of three weeks', upgrade, given: { apiUse: seen(use(long)), servedApis: betas }, expect: 'pass', says: long },
  { name: 'silence of three days', upgrade, given: { apiUse: seen(use(short)), servedApis: betas }, expect: 'unknown', says: '7 days' },
  {
    name: 'a call in those three days',
    upgrade,
    given: { apiUse: seen(use(short, [address])), servedApis: betas },
    expect: 'fail',
    says: 'networking.k8s.io/v1beta1 ipaddresses',
  },
  {
    name: 'a call, with what to use',
    upgrade,
    given: { apiUse: seen(use(long, [address])), servedApis: betas },
    expect: 'fail',
    says: 'use networking.k8s.io/v1',
  },
  { name: 'nothing of it is served', upgrade, given: { apiUse: seen(use(short)), servedApis: stock }, expect: 'pass', says: 'serves none' },
  {
    name: 'nothing of it is served, and no metrics',
    upgrade,
    given: { apiUse: unseen('No right to read /metrics.'), servedApis: stock },
    expect: 'pass',
  },
  {
    name: 'no metrics',
    upgrade,
    given: { apiUse: unseen('No right to read /metrics.'), servedApis: betas },
    expect: 'unknown',
    says: 'No right',
  },
  {
    name: 'one of three API servers',
    upgrade,
    given: { apiUse: seen(use(long, [], 3)), servedApis: betas },
    expect: 'unknown',
    says: 'one of 3',
  },
  {
    name: 'what has no end',
    upgrade,
    given: { apiUse: seen(use(long, [call('v1', 'endpoints', '')])), servedApis: betas },
    expect: 'pass',
  },
  { name: 'what goes later', given: { apiUse: seen(use(long, [address])), servedApis: betas }, expect: 'pass' },
  {
    name: 'what the table knows to go earlier than the API server says',
    upgrade,
    given: { apiUse: seen(use(long, [call('scheduling.k8s.io/v1alpha2', 'podgroups', '')])), servedApis: betas },
    expect: 'fail',
    says: 'comes with 1.37',
  },
  {
    name: 'pages that scanners ask for',
    upgrade,
    given: { apiUse: seen(use(long, [call('config.k8s.io/v1alpha1', 'flagz', '1.37')])), servedApis: betas },
    expect: 'pass',
  },
  {
    name: 'newer than the data',
    upgrade: '1.37.2 to 1.38.0',
    given: { apiUse: seen(use(long)), servedApis: stock },
    expect: 'unknown',
    says: '2026-11-28',
  },
]);
