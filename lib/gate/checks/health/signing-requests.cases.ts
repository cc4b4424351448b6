import { gateCasesFor } from '../../check.ts';
import { signingRequests } from './signing-requests.check.ts';

const request = { name: 'csr-1', signer: 'kubernetes.io/kubelet-serving', createdAt: '2026-11-23T10:00:00Z', pending: true };

export const cases = gateCasesFor(signingRequests, [
  { name: 'none', given: { signingRequests: [] }, expect: 'pass' },
  { name: 'a decided one', given: { signingRequests: [{ ...request, pending: false }] }, expect: 'pass' },
  { name: 'one of a program', given: { signingRequests: [{ ...request, signer: 'shop.example/signer' }] }, expect: 'pass' },
  { name: 'a pending one', given: { signingRequests: [request] }, expect: 'fail', says: 'csr-1' },
]);
