import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { settings, unread } from './examples.ts';
import { kubeProxyIpvs } from './kube-proxy-ipvs.check.ts';

const upgrade = '1.35.4 to 1.36.3';
const mode = (text: string) => ({ settings: settings({ kubeProxy: { mode: text, featureGates: {} } }) });

export const cases = gateCasesFor(kubeProxyIpvs, [
  { name: 'iptables', upgrade, given: mode('iptables'), expect: 'pass' },
  { name: 'the mode it is about', upgrade, given: mode('ipvs'), expect: 'fail', says: 'kube-system/kube-proxy' },
  { name: 'no kube-proxy', upgrade, given: { settings: seen({}) }, expect: 'not-applicable' },
  { name: 'another way', upgrade: '1.33.7 to 1.34.3', given: { settings: unread }, expect: 'not-applicable' },
]);
