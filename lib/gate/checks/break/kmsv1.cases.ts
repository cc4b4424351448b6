import { gateCasesFor } from '../../check.ts';
import { controlPlane, settings, unread } from './examples.ts';
import { kmsv1 } from './kmsv1.check.ts';

const encrypted = controlPlane({ 'kube-apiserver': { 'encryption-provider-config': '/etc/kubernetes/encryption.yaml' } });
const gate = controlPlane({ 'kube-apiserver': { 'feature-gates': 'KMSv1=true' } });

export const cases = gateCasesFor(kmsv1, [
  { name: 'no encryption', given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  { name: 'the gate is on', given: { controlPlane: gate, settings: settings() }, expect: 'fail', says: 'kube-system/kube-apiserver-cp-1' },
  {
    name: 'encryption of an unknown kind, where it breaks',
    upgrade: '1.28.15 to 1.29.15',
    given: { controlPlane: encrypted, settings: settings() },
    expect: 'unknown',
    says: '/etc/kubernetes/encryption.yaml',
  },
  { name: 'encryption that works since', given: { controlPlane: encrypted, settings: settings() }, expect: 'pass' },
  { name: 'before it', upgrade: '1.27.16 to 1.28.15', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
