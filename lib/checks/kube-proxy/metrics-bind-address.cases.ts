import { casesFor } from '../check.ts';
import { metricsBindAddress } from './metrics-bind-address.check.ts';

export const cases = casesFor(metricsBindAddress, [
  { name: 'no kube-proxy', expect: 'not-applicable', given: { kubeProxy: { present: false, flags: {} } } },
  {
    name: 'loopback',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '127.0.0.1:10249' } },
  },
  {
    name: 'loopback without a port',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '127.0.0.1' } },
  },
  {
    name: 'loopback of IPv6',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '[::1]:10249' } },
  },
  {
    name: 'loopback of IPv6 without a port',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '::1' } },
  },
  {
    name: 'empty, which means loopback',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '' } },
  },
  {
    name: 'every address',
    expect: 'fail',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '0.0.0.0:10249' } },
    says: '0.0.0.0:10249',
  },
  {
    name: 'every address of IPv6',
    expect: 'fail',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '[::]:10249' } },
    says: '[::]:10249',
  },
  {
    name: 'an address of the node',
    expect: 'fail',
    given: {
      kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '198.18.0.11:10249' },
    },
    says: '198.18.0.11:10249',
  },
  {
    name: 'an address that has loopback in it',
    expect: 'fail',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] }, metricsBindAddress: '10.127.0.1:10249' } },
    says: '10.127.0.1:10249',
  },
  {
    name: 'not in the configuration',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/var/lib/kube-proxy/config.conf'] } } },
  },
  {
    name: 'a flag beside a configuration file is ignored',
    expect: 'pass',
    given: { kubeProxy: { present: true, flags: { config: ['/c'], 'metrics-bind-address': ['0.0.0.0'] }, metricsBindAddress: '' } },
  },
  {
    name: 'a flag without a configuration file counts',
    expect: 'fail',
    given: { kubeProxy: { present: true, flags: { 'metrics-bind-address': ['0.0.0.0:10249'] }, metricsBindAddress: '127.0.0.1' } },
  },
  { name: 'neither flag nor file', expect: 'pass', given: { kubeProxy: { present: true, flags: {} } }, says: 'default loopback' },
  {
    name: 'a static pod of its own',
    expect: 'fail',
    given: { kubeProxy: { present: true, flags: { 'metrics-bind-address': ['0.0.0.0'] }, staticPod: 'kube-proxy-w1' } },
    says: 'mirror pod kube-system/kube-proxy-w1',
  },
  {
    name: 'k3s, which hides it',
    expect: 'unknown',
    given: { kubeProxy: { present: false, flags: {} }, cluster: { id: 'c', name: 'c', kubernetesVersion: 'v1.33.1+k3s1' } },
  },
]);
