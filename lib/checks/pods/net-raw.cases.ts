import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { netRaw } from './net-raw.check.ts';

export const cases = casesFor(netRaw, [
  ...casesOfPodSecurity('restricted', withContext({ capabilitiesAdd: ['NET_RAW'] })),
  {
    name: 'given by the runtime',
    expect: 'fail',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload()] },
    says: 'which runtimes give by default',
  },
  {
    name: 'dropped by name',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ capabilitiesDrop: ['NET_RAW'] })] },
  },
  {
    name: 'dropped by its long name',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ capabilitiesDrop: ['CAP_NET_RAW'] })] },
  },
  {
    name: 'dropped with all others',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ capabilitiesDrop: ['ALL'] })] },
  },
  {
    name: 'dropped with all others and added again',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ capabilitiesDrop: ['ALL'], capabilitiesAdd: ['NET_RAW'] })],
    },
    says: 'adds NET_RAW',
  },
  {
    name: 'all of them added',
    expect: 'fail',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ capabilitiesAdd: ['ALL'] })] },
    says: 'adds ALL',
  },
  {
    name: 'privileged',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ capabilitiesDrop: ['ALL'], privileged: true })],
    },
    says: 'privileged, so it has all of them',
  },
  {
    name: 'standards of a version that did not ask for it',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted', { 'pod-security.kubernetes.io/enforce-version': 'v1.21' })],
      workloads: [],
    },
    says: 'version v1.21',
  },
  {
    name: 'standards of a version that asks for it',
    expect: 'pass',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted', { 'pod-security.kubernetes.io/enforce-version': 'v1.22' })],
      workloads: [],
    },
  },
]);
