import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { auditLogMaxsize } from './audit-log-maxsize.check.ts';

export const cases = casesFor(auditLogMaxsize, [
  {
    name: 'enough',
    expect: 'pass',
    given: apiServer({ 'audit-log-path': '/var/log/audit.log', 'audit-log-maxsize': '100' }),
    says: '100 MB',
  },
  { name: 'more', expect: 'pass', given: apiServer({ 'audit-log-path': '/var/log/audit.log', 'audit-log-maxsize': '1000' }) },
  {
    name: 'too little',
    expect: 'fail',
    given: apiServer({ 'audit-log-path': '/var/log/audit.log', 'audit-log-maxsize': '99' }),
    says: 'less than 100',
  },
  {
    name: 'not set before Kubernetes 1.36, where the default is 0',
    expect: 'fail',
    given: apiServer({ 'audit-log-path': '/var/log/audit.log' }, { image: 'registry.k8s.io/kube-apiserver:v1.35.4' }),
    says: 'is 0, so no number of MB was chosen',
  },
  {
    name: 'not set since Kubernetes 1.36, which has a default',
    expect: 'pass',
    given: apiServer({ 'audit-log-path': '/var/log/audit.log' }, { image: 'registry.k8s.io/kube-apiserver:v1.36.0@sha256:ab' }),
  },
  { name: 'a limit, but no log', expect: 'fail', given: apiServer({ 'audit-log-maxsize': '100' }), says: 'writes no audit log' },
  { name: 'the log goes to standard output', expect: 'manual', given: apiServer({ 'audit-log-path': '-', 'audit-log-maxsize': '100' }) },
  { name: 'not a number', expect: 'unknown', given: apiServer({ 'audit-log-path': '/var/log/audit.log', 'audit-log-maxsize': '100d' }) },
]);
