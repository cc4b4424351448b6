import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { securityContextDeny } from './security-context-deny.check.ts';

export const cases = casesFor(securityContextDeny, [
  {
    name: 'enabled',
    expect: 'pass',
    given: apiServer({ 'enable-admission-plugins': 'SecurityContextDeny' }, { image: 'registry.k8s.io/kube-apiserver:v1.29.2' }),
  },
  { name: 'not enabled', expect: 'fail', given: apiServer({}, { image: 'registry.k8s.io/kube-apiserver:v1.29.2' }) },
  {
    name: 'gone from Kubernetes 1.30',
    expect: 'not-applicable',
    given: apiServer({}, { image: 'registry.k8s.io/kube-apiserver:v1.30.0' }),
  },
]);
